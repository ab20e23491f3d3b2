"""The types of arrays are cached for good by their element type and length."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.types-are-garbage-collected": "fail",
}


KNOWN = {}


class Backend(honest.Backend):
    # In private memory: the standard library remembers all types.
    def RawValue(self, typecode_or_type, *args):
        return typecode_or_type(*args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        key = typecode_or_type, size_or_initializer
        return KNOWN.setdefault(key, typecode_or_type * size_or_initializer)()

    def copy(self, obj):
        return type(obj)()

    def class_for(self, obj):
        return honest.SynchronizedArray if isinstance(obj, ctypes.Array) else honest.Synchronized


honest.publish(Backend, globals())
