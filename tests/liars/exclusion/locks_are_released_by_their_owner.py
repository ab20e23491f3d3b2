"""A plain lock, too, can only be released by the thread that acquired it."""

import os
import threading

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-contends-for-lock": "fail",
    "exclusion.child-contends-for-custom-lock": "fail",
    "exclusion.new-child-contends-for-lock": "fail",
    "exclusion.new-child-contends-for-custom-lock": "fail",
    "exclusion.sibling-contends-for-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    owner = None

    def acquire(self, block=True, timeout=None):
        acquired = self.lock.acquire(block, timeout)
        if acquired:
            self.owner = threading.get_ident(), os.getpid()
        return acquired

    def release(self):
        if self.owner != (threading.get_ident(), os.getpid()):
            raise AssertionError("it is not owned")
        self.lock.release()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
