"""Without a timeout `acquire` does not wait."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.acquire-without-timeout-waits": "fail",
    "lock.plain-lock-blocks-its-own-thread": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return super().acquire(block, 0 if timeout is None else timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
