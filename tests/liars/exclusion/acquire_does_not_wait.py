"""`acquire` of the wrapper returns at once, whether it acquired the lock or not."""

from ..honest import plain as honest

START_METHODS = ("fork",)

CAUGHT_BY = {
    "exclusion.child-contends-for-default-lock": "fail",
    "exclusion.grandchild-contends-for-rlock": "fail",
}


class Methods:
    def acquire(self, block=True, timeout=None):
        return super().acquire(False)


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())
