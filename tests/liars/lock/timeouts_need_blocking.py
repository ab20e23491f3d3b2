"""A timeout without blocking raises ValueError, as it does for threading."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.nonblocking-acquire-ignores-timeout": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if not block and timeout is not None:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
