"""Wrappers are refused by an assert statement."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "optimized.wrappers-are-refused": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        assert not isinstance(obj, SynchronizedBase), "object already synchronized"
        if isinstance(obj, SynchronizedBase):
            obj = obj.get_obj()
        return super().synchronized(obj, lock, ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
