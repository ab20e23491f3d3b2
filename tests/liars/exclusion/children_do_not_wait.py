"""A child goes ahead where it would have to wait for its parent."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-waits-for-the-default-lock": "fail",
    "exclusion.child-waits-for-a-lock": "fail",
    "exclusion.child-waits-for-an-rlock": "fail",
    "exclusion.child-waits-for-a-users-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockAround):
    had = ()

    def acquire(self, block=True, timeout=None):
        if len(multiprocessing.current_process()._identity) != 1:
            return self.lock.acquire(block, timeout)
        self.had += (self.lock.acquire(False),)
        return True

    def release(self):
        *self.had, had = self.had or [True]
        self.had = tuple(self.had)
        if had:
            self.lock.release()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
