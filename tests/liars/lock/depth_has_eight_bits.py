"""A recursive lock that is acquired 256 times is free."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-counts-acquires": "fail",
}


class Lock(honest.OwnLock):
    most = 255

    def acquire(self, block=True, timeout=None):
        inner = self.lock._semlock
        if self.recursive and inner._is_mine() and inner._count() == self.most:
            for _ in range(self.most):
                self.lock.release()
            return True
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
