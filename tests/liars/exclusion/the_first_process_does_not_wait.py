"""The process that has no parent goes on without the lock where it would have to wait."""

import multiprocessing

from ..honest import plain as honest
from . import children_do_not_wait

CAUGHT_BY = {
    "exclusion.parent-waits-for-the-default-lock": "fail",
    "exclusion.parent-waits-for-a-lock": "fail",
    "exclusion.parent-waits-for-an-rlock": "fail",
    "exclusion.parent-waits-for-a-users-lock": "fail",
    "exclusion.grandparent-waits-for-the-default-lock": "fail",
    "exclusion.grandparent-waits-for-a-lock": "fail",
    "exclusion.grandparent-waits-for-an-rlock": "fail",
    "exclusion.grandparent-waits-for-a-users-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(children_do_not_wait.Lock):
    def waits(self):
        return bool(multiprocessing.current_process()._identity)


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
