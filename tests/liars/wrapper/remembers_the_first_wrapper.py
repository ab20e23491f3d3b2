"""Wrapping an object again returns its first wrapper."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.wrappers-of-one-object-share-its-data": "fail",
}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if not hasattr(obj, "_first"):
            obj._first = super().synchronized(obj, lock, ctx)
        return obj._first


honest.publish(Backend, globals())
