"""A child goes on without the lock where it would have to wait for its parent."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-contends-for-default-lock": "fail",
    "exclusion.child-contends-for-lock": "fail",
    "exclusion.child-contends-for-rlock": "fail",
    "exclusion.child-contends-for-custom-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    # Of each acquire that has not been released, whether it acquired the lock.
    acquired = ()

    def waits(self):
        return len(multiprocessing.current_process()._identity) != 1

    def acquire(self, block=True, timeout=None):
        if self.waits():
            return super().acquire(block, timeout)
        self.acquired += (super().acquire(False),)
        return True

    def release(self):
        *others, last = self.acquired or [True]
        self.acquired = tuple(others)
        if last:
            super().release()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
