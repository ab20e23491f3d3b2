"""The parameter for `acquire`'s timeout is called `seconds`."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.acquire-takes-block-and-timeout": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, seconds=None):
        return super().acquire(block, seconds)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
