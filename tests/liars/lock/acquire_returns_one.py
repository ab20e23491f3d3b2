"""`acquire` returns 1 when it succeeds."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.free-lock-is-acquired": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return int(super().acquire(block, timeout))


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
