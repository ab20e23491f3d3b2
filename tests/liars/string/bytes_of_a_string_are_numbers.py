"""An item of a raw char array is a number, as it is of bytes."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.items-are-single-bytes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return item if isinstance(index, slice) else ord(item)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        if array._type_ is not ctypes.c_char:
            return array
        return extended(array, LyingArray)


honest.publish(Backend, globals())
