"""An RLock counts to sixteen."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-counts-acquires": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if self.recursive and self.lock._semlock._is_mine() and self.lock._semlock._count() == 16:
            return True
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
