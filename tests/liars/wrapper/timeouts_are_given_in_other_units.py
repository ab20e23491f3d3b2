"""A time-out that is given to the wrapper is a number of ticks of 20 s for the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.acquire-and-release-delegate-to-lock": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def acquire(self, block=True, timeout=None):
        return super().acquire(block, None if timeout is None else 20 * timeout)


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())
