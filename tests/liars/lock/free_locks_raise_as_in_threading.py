"""`release` of a free lock raises RuntimeError."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.free-plain-lock-refuses-release": "fail",
    "lock.free-rlock-refuses-release": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        if not self.locked():
            raise RuntimeError("release unlocked lock")
        super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
