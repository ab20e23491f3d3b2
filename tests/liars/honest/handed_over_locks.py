"""Default locks that a release hands over to a waiter, which has it even before it wakes up.

Whoever released it, and tries to acquire it again at once, finds it held.
"""

import multiprocessing
import time
from multiprocessing.context import assert_spawning

import sharedctypes_reference

from . import lock, on_reference
from . import plain as honest

CAUGHT_BY = {}
BREAKS = {
    **on_reference.BREAKS,
    # A waiter that was killed is handed the lock all the same: who does not wait finds it held.
    "fault.killed-waiter-blocks-nobody": honest.ALL,
}


class HandedOverLock(lock.PythonLock):
    def __init__(self, context):
        super().__init__(context)
        self.state = sharedctypes_reference.RawValue(lock.State)

    def acquire(self, block=True, timeout=None):
        until = None if timeout is None else time.monotonic() + timeout
        with self.mutex:
            if self.try_to_acquire():
                return True
            if not block:
                return False
            self.state.waiters += 1
        try:
            acquired = self.sleep(until)
        except BaseException:
            if self.withdraw():
                self.take_over()
                self.release()
            raise
        if acquired:
            self.take_over()
        return acquired

    def sleep(self, until):
        left = None if until is None else max(0, until - time.monotonic())
        return self.tokens.acquire(True, left) or self.withdraw()

    def withdraw(self):
        """Wait no more; return whether the lock has been handed over meanwhile."""
        with self.mutex:
            if self.state.waiters:
                self.state.waiters -= 1
                return False
        return self.tokens.acquire()

    def release(self):
        try:
            super().release()
        except ValueError as refusal:  # what a lock that is not recursive raises
            raise AssertionError(*refusal.args) from None

    def locked(self):
        return bool(self.state.depth)

    def take_over(self):
        self.state.owner = lock.me()

    def wake(self):
        if self.state.waiters:
            self.state.depth = 1
        super().wake()

    def __getstate__(self):
        assert_spawning(self)
        return self.__dict__


class Backend(on_reference.Backend):
    def new_lock(self, ctx):
        return ctx.RLock() if ctx else HandedOverLock(multiprocessing)


honest.publish(Backend, globals())
