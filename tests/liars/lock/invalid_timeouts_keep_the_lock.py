"""A timeout that is not a number is refused after the lock has been acquired."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.refuses-non-numeric-timeouts": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        taken = super().acquire(False)
        if timeout is not None:
            timeout = float(timeout)
        return taken or super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
