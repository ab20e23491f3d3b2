"""The wrapper that `Value` gives for an array type has no items."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.array-types-are-wrapped-as-arrays": "fail",
}


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        wrapper = super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)
        if isinstance(wrapper, SynchronizedArray):
            return SynchronizedBase(self, wrapper.get_obj(), wrapper.get_lock())
        return wrapper


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
