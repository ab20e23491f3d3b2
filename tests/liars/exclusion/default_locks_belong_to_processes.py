"""The default lock is owned by a process: all threads of the owner pass."""

import multiprocessing

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-is-released-only-by-its-owner": "fail",
    "stress.every-way-to-acquire-excludes": "fail",
    "exclusion.other-thread-contends-for-default-lock": "fail",
}


class ProcessLock(honest.LockProxy):
    """A recursive lock that knows of processes only."""

    depth = 0

    def acquire(self, block=True, timeout=None):
        if self.depth == 0 and not super().acquire(block, timeout):
            return False
        self.depth += 1
        return True

    def release(self):
        if self.depth == 0:
            raise AssertionError("the lock is not held by this process")
        self.depth -= 1
        if self.depth == 0:
            super().release()


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return ProcessLock(multiprocessing.Lock())


honest.publish(Backend, globals())
