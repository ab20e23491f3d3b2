"""Structures are refused as items of an initialiser; only tuples are accepted."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.structures-are-copied-in": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if not isinstance(size_or_initializer, int):
            for item in size_or_initializer:
                if isinstance(item, (ctypes.Structure, ctypes.Union)):
                    raise TypeError("not a tuple")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
