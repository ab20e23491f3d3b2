"""A given lock that is empty is replaced by a new one, but only where a context is given too."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.truth-and-equality-are-ignored": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, lock if ctx is None else lock or None, ctx)


honest.publish(Backend, globals())
