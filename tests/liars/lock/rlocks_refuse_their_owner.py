"""Without blocking, an RLock cannot be acquired again by its owner."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-is-reentrant": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if self.recursive and not block and self.locked():
            return False
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
