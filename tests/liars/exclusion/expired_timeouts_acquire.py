"""`acquire` returns True when its timeout has expired."""

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.child-contends-for-lock": "fail",
    "exclusion.other-thread-contends-for-default-lock": "fail",
    "exclusion.grandchild-contends-for-custom-lock": "fail",
    "exclusion.new-sibling-contends-for-rlock": "fail",
    "exclusion.same-thread-contends-for-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    def acquire(self, block=True, timeout=None):
        return self.lock.acquire(block, timeout) or (block and timeout is not None)


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
