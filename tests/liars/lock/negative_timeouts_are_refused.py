"""A negative timeout raises ValueError."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.nonpositive-timeout-does-not-wait": "fail",
    "lock.huge-negative-timeout-does-not-wait": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if timeout is not None and timeout < 0:
            raise ValueError("the time-out must not be negative")
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
