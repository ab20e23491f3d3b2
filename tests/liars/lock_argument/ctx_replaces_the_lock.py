"""Where a context is given, the lock comes from it, even if a lock is given."""

from ..honest import plain as honest

START_METHODS = ("fork",)

CAUGHT_BY = {"lock-argument.overrides-ctx": "fail"}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, None if ctx else lock, ctx)


honest.publish(Backend, globals())
