"""A child forgets what its parent held, but only in the first process that a lock passes to."""

import os

from ..honest import plain as honest
from . import children_inherit_ownership

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.child-does-not-inherit-rlock-ownership": "fail",
}


class Lock(children_inherit_ownership.Lock):
    def __init__(self, lock):
        super().__init__(lock)
        self.made_by = os.getpid()
        self.has_passed = False

    def forget(self):
        if os.getpid() != self.made_by and not self.has_passed:
            self.has_passed = True
            self.depth = 0

    def acquire(self, block=True, timeout=None):
        self.forget()
        return super().acquire(block, timeout)

    def release(self):
        self.forget()
        super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
