"""A lock that equals True counts as True."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.truth-and-equality-are-ignored": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        return super().guarded(obj, True if lock == True else lock, ctx)  # noqa: E712 - the lie


honest.publish(Backend, globals())
