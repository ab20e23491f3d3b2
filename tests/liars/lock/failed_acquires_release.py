"""An `acquire` of a plain lock that fails releases it."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.failed-acquires-change-nothing": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        if not taken and not self.recursive:
            super().release()
        return taken


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
