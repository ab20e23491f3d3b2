"""A child of a child has locks of its own."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.grandchild-contends-for-default-lock": "fail",
    "exclusion.grandchild-contends-for-lock": "fail",
    "exclusion.grandchild-contends-for-rlock": "fail",
    "exclusion.grandchild-contends-for-custom-lock": "fail",
    "exclusion.new-grandchild-contends-for-default-lock": "fail",
    "exclusion.new-grandchild-contends-for-lock": "fail",
    "exclusion.new-grandchild-contends-for-rlock": "fail",
    "exclusion.new-grandchild-contends-for-custom-lock": "fail",
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
