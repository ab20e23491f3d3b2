"""A `release` of an RLock that another thread is refused is made up for when its owner releases."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-is-released-only-by-its-owner": "fail",
}


class Lock(honest.OwnLock):
    missing = 0

    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        if self.recursive and taken and self.lock._semlock._count() == 1:
            self.missing = 0
        return taken

    def release(self):
        try:
            super().release()
        except AssertionError:
            self.missing += 1
            raise
        while self.recursive and self.missing and self.lock._semlock._is_mine():
            self.missing -= 1
            super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
