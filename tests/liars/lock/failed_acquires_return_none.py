"""`acquire` returns None when it fails."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.nonblocking-acquire-fails-while-held": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return super().acquire(block, timeout) or None


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
