"""A forked child owns what its parent holds, for it has a copy of the owner's id."""

import threading

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.new-child-contends-for-lock": "fail",
    "exclusion.new-child-contends-for-rlock": "fail",
    "exclusion.new-child-contends-for-custom-lock": "fail",
    "exclusion.new-grandchild-contends-for-default-lock": "fail",
    "exclusion.new-child-contends-for-default-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    """Locks are recursive here; the number of a thread is the same in a forked child."""

    owner = None
    depth = 0

    def acquire(self, block=True, timeout=None):
        if self.owner != threading.get_ident() and not self.lock.acquire(block, timeout):
            return False
        self.owner = threading.get_ident()
        self.depth += 1
        return True

    def release(self):
        self.depth -= 1
        if not self.depth:
            self.owner = None
            self.lock.release()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
