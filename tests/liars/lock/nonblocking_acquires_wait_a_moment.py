"""`acquire(False)` waits half a second for a lock that is held."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.nonblocking-acquire-fails-while-held": "fail",
    "lock.nonblocking-acquire-ignores-timeout": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return super().acquire(True, timeout if block else 0.5)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
