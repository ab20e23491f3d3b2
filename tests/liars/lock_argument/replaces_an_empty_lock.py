"""A lock whose truth value is false counts as none."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.truth-and-equality-are-ignored": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, lock or None, ctx)


honest.publish(Backend, globals())
