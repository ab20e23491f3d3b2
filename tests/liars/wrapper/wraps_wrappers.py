"""A wrapper can be wrapped again."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.refuses-a-wrapper": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if isinstance(obj, SynchronizedBase):
            obj = obj.get_obj()
        return super().synchronized(obj, lock, ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
