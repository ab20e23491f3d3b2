"""A recursive lock that is acquired 65536 times is free."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-counts-acquires": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        inner = self.lock._semlock
        if self.recursive and inner._is_mine() and inner._count() == 65535:
            for _ in range(65535):
                self.lock.release()
            return True
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
