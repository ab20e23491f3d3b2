"""The process that has no parent goes on without the lock where it would have to wait."""

import multiprocessing

from ..honest import plain as honest
from . import children_do_not_wait

CAUGHT_BY = {
    "exclusion.parent-contends-for-default-lock": "fail",
    "exclusion.parent-contends-for-lock": "fail",
    "exclusion.parent-contends-for-rlock": "fail",
    "exclusion.parent-contends-for-custom-lock": "fail",
    "exclusion.grandparent-contends-for-default-lock": "fail",
    "exclusion.grandparent-contends-for-lock": "fail",
    "exclusion.grandparent-contends-for-rlock": "fail",
    "exclusion.grandparent-contends-for-custom-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(children_do_not_wait.Lock):
    def waits(self):
        return bool(multiprocessing.current_process()._identity)


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
