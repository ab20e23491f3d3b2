"""`acquire` of the wrapper returns None."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.acquire-and-release-delegate-to-lock": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def acquire(self, *args, **keywords):
        super().acquire(*args, **keywords)


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())
