"""The process that has no parent goes ahead where it would have to wait."""

import multiprocessing

from ..honest import plain as honest

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


class Lock(honest.LockAround):
    had = ()

    def acquire(self, block=True, timeout=None):
        if multiprocessing.current_process()._identity:
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
