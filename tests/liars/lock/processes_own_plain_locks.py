"""Only the process that holds a Lock can release it."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-lock-can-be-released-by-any-process": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        primitive = self.lock._semlock
        if not self.recursive and primitive._is_zero() and not primitive._count():
            raise RuntimeError("another process has the lock")
        super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
