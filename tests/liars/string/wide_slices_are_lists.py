"""A slice of a raw wide array is a list of characters."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.wide-items-and-slices-are-text": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return list(item) if isinstance(index, slice) else item


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        if array._type_ is not ctypes.c_wchar:
            return array
        return extended(array, LyingArray)


honest.publish(Backend, globals())
