"""A lock that is not one of multiprocessing is replaced by one that is."""

import multiprocessing
from multiprocessing import synchronize

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-waits-for-a-users-lock": "fail",
    "exclusion.parent-waits-for-a-users-lock": "fail",
    "exclusion.sibling-waits-for-a-users-lock": "fail",
    "exclusion.grandchild-waits-for-a-users-lock": "fail",
    "exclusion.grandparent-waits-for-a-users-lock": "fail",
    "exclusion.thread-waits-for-a-users-lock": "fail",
    "exclusion.new-child-waits-for-a-users-lock": "fail",
    "exclusion.new-sibling-waits-for-a-users-lock": "fail",
    "exclusion.new-grandchild-waits-for-a-users-lock": "fail",
    "exclusion.own-thread-and-a-users-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def lock_for(self, lock):
        if type(lock) in (synchronize.Lock, synchronize.RLock):
            return lock
        return (multiprocessing.Lock if lock.kind == "Lock" else multiprocessing.RLock)()


honest.publish(Backend, globals())
