"""`release` returns True."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.release-returns-none": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        super().release()
        return True


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
