"""The default lock is owned by a process: all threads of the owner pass."""

import multiprocessing

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.accesses-exclude-each-other": "fail",
    "thread.locked-increments-add-up": "fail",
    "thread.owns-the-default-lock": "fail",
    "exclusion.thread-waits-for-the-default-lock": "fail",
}


class ProcessLock:
    """A recursive lock that knows of processes only."""

    def __init__(self):
        self._lock = multiprocessing.Lock()
        self._depth = 0

    def acquire(self, block=True, timeout=None):
        if self._depth == 0 and not self._lock.acquire(block, timeout):
            return False
        self._depth += 1
        return True

    def release(self):
        if self._depth == 0:
            raise AssertionError("the lock is not held by this process")
        self._depth -= 1
        if self._depth == 0:
            self._lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return ProcessLock()


honest.publish(Backend, globals())
