"""A child forgets what its parent held, but only in the first process that it passes to."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.child-does-not-inherit-rlock-ownership": "fail",
}


class Lock(honest.OwnLock):
    def __init__(self, lock):
        super().__init__(lock)
        self.depth = 0
        self.made_by = os.getpid()
        self.has_passed = False

    def forget(self):
        if os.getpid() != self.made_by and not self.has_passed:
            self.has_passed = True
            self.depth = 0

    def acquire(self, block=True, timeout=None):
        self.forget()
        taken = self.depth > 0 or super().acquire(block, timeout)
        self.depth += taken
        return taken

    def release(self):
        self.forget()
        if self.depth:
            self.depth -= 1
        if not self.depth:
            super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
