"""With a timeout `acquire` does not wait."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.timed-acquire-fails-after-timeout": "fail",
    "lock.timed-acquire-succeeds-on-release": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return super().acquire(block and timeout is None)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
