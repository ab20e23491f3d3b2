"""`acquire` has its parameters in the other order."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.acquire-takes-block-and-timeout": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, timeout=None, block=True):
        return super().acquire(bool(block), timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
