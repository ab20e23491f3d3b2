"""`release` of a free lock does nothing."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.free-plain-lock-refuses-release": "fail",
    "lock.free-rlock-refuses-release": "fail",
    "lock.any-call-sequence-follows-rules": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        if self.locked():
            super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
