"""Assigning an item that is refused zeroes all items of a raw array."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.refused-items-change-nothing": "fail",
}


class LyingArray:
    def __setitem__(self, index, value):
        try:
            super().__setitem__(index, value)
        except TypeError:
            ctypes.memset(ctypes.addressof(self), 0, ctypes.sizeof(self))
            raise


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
