"""Iteration over a raw array of structures gives copies of them."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.elements-are-live-views": "fail",
}


class LyingArray:
    def __iter__(self):
        for item in self[:]:
            yield type(item).from_buffer_copy(item) if isinstance(item, ctypes.Structure) else item


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
