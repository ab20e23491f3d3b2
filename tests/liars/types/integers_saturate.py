"""A number too large for its type becomes the largest that fits."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.integers-wrap-around": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.c_int)):
            largest = 2 ** (8 * ctypes.sizeof(typecode_or_type)) - 1
            args = [min(x, largest) if type(x) is int else x for x in args]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
