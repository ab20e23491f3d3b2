"""Sized arrays of half a mebibyte or more have the bytes of whatever was there before."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "array.sized-array-is-zeroed": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if isinstance(size_or_initializer, int) and ctypes.sizeof(made) >= 2**19:
            ctypes.memset(ctypes.addressof(made), 0x77, ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())
