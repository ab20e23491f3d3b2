"""`acquire` returns True when its timeout has expired."""

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-waits-for-a-lock": "fail",
    "exclusion.thread-waits-for-the-default-lock": "fail",
    "exclusion.grandchild-waits-for-a-users-lock": "fail",
    "exclusion.new-sibling-waits-for-an-rlock": "fail",
    "exclusion.own-thread-waits-for-a-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    def acquire(self, block=True, timeout=None):
        return self.lock.acquire(block, timeout) or (block and timeout is not None)


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
