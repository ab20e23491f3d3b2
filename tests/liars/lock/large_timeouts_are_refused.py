"""A timeout has to fit into 31 bits of milliseconds."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.large-timeout-acquires-free-lock": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if timeout is not None and timeout * 1000 >= 2**31:
            raise OverflowError("timeout value is too large")
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
