"""Only an assert statement checks that a lock is released by its owner."""

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.invalid-releases-are-refused": "fail",
}
START_METHODS = ("fork",)


class Lock:
    def __init__(self, lock):
        self.lock = lock
        self.acquire = lock.acquire

    def release(self):
        assert self.lock._semlock._is_mine(), "not owned"
        if self.lock._semlock._is_mine():
            self.lock.release()


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return Lock(super().new_lock(ctx))


honest.publish(Backend, globals())
