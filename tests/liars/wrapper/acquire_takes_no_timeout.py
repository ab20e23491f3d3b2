"""`acquire` of the wrapper accepts one argument only."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.acquire-and-release-delegate-to-lock": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def acquire(self, block=True):
        return super().acquire(block)


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())
