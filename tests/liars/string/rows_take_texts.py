"""A row of an array of char arrays can be assigned as bytes."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.rows-are-strings": "fail",
}


class LyingArray:
    def __setitem__(self, index, item):
        if isinstance(item, bytes):
            self[index].raw = item
        else:
            super().__setitem__(index, item)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        if not issubclass(array._type_, ctypes.Array):
            return array
        return extended(array, LyingArray)


honest.publish(Backend, globals())
