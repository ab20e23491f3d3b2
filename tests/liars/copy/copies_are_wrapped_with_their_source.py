"""`synchronized` of a copy wraps what it was copied from."""

from ..honest import plain as honest

CAUGHT_BY = {"copy.can-be-wrapped": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = super().copy(obj)
        made.source = obj
        return made

    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(getattr(obj, "source", obj), lock, ctx)


honest.publish(Backend, globals())
