"""Only the thread that holds a Lock can release it."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-lock-can-be-released-by-any-thread": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        ours = self.lock._semlock._count() > 0
        if not self.recursive and ours and not self.lock._semlock._is_mine():
            raise RuntimeError("another thread has the lock")
        super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
