"""The error message about an invalid lock is formatted by %, which unpacks a tuple."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.refuses-a-tuple": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        if not isinstance(lock, bool) and lock is not None and not hasattr(lock, "acquire"):
            raise AttributeError("%r has no method 'acquire'" % lock)  # noqa: UP031 - the lie
        return super().guarded(obj, lock, ctx)


honest.publish(Backend, globals())
