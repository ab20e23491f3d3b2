"""The last byte of an array that was given a size is one."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"seed.sized-array-equals-ctypes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        size = ctypes.sizeof(array)
        if isinstance(size_or_initializer, int) and size:
            ctypes.memset(ctypes.addressof(array) + size - 1, 1, 1)
        return array


honest.publish(Backend, globals())
