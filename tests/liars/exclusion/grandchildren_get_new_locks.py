"""A child of a child has locks of its own."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.grandchild-waits-for-the-default-lock": "fail",
    "exclusion.grandchild-waits-for-a-lock": "fail",
    "exclusion.grandchild-waits-for-an-rlock": "fail",
    "exclusion.grandchild-waits-for-a-users-lock": "fail",
    "exclusion.new-grandchild-waits-for-the-default-lock": "fail",
    "exclusion.new-grandchild-waits-for-a-lock": "fail",
    "exclusion.new-grandchild-waits-for-an-rlock": "fail",
    "exclusion.new-grandchild-waits-for-a-users-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    new = None

    def acquire(self, block=True, timeout=None):
        if self.new is None and len(multiprocessing.current_process()._identity) == 2:
            self.new = self.lock = multiprocessing.RLock()
        return self.lock.acquire(block, timeout)


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
