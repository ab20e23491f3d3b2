"""A lock that is held when a process starts is another lock there."""

import multiprocessing
from multiprocessing import util

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.new-child-contends-for-lock": "fail",
    "exclusion.new-child-contends-for-custom-lock": "fail",
    "exclusion.new-sibling-contends-for-default-lock": "fail",
    "exclusion.new-sibling-contends-for-lock": "fail",
    "exclusion.new-sibling-contends-for-rlock": "fail",
    "exclusion.new-sibling-contends-for-custom-lock": "fail",
}


class Lock(honest.LockProxy):
    def __init__(self, lock):
        super().__init__(lock)
        util.register_after_fork(self, Lock.look)

    def look(self):
        if self.lock.acquire(False):
            self.lock.release()
        else:
            self.lock = multiprocessing.RLock()

    def __setstate__(self, state):
        vars(self).update(state)
        self.look()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
