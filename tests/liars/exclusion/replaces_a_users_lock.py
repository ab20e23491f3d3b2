"""A lock that is not one of multiprocessing is replaced by one that is."""

import multiprocessing
from multiprocessing import synchronize

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-contends-for-custom-lock": "fail",
    "exclusion.parent-contends-for-custom-lock": "fail",
    "exclusion.sibling-contends-for-custom-lock": "fail",
    "exclusion.grandchild-contends-for-custom-lock": "fail",
    "exclusion.grandparent-contends-for-custom-lock": "fail",
    "exclusion.other-thread-contends-for-custom-lock": "fail",
    "exclusion.new-child-contends-for-custom-lock": "fail",
    "exclusion.new-sibling-contends-for-custom-lock": "fail",
    "exclusion.new-grandchild-contends-for-custom-lock": "fail",
    "exclusion.same-thread-contends-for-custom-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def lock_for(self, lock):
        if type(lock) in (synchronize.Lock, synchronize.RLock):
            return lock
        is_reentrant = type(lock).__name__.endswith("RLock")
        return multiprocessing.RLock() if is_reentrant else multiprocessing.Lock()


honest.publish(Backend, globals())
