"""Pointer types are refused."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.pointers-can-be-stored": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes._Pointer)):
            raise TypeError("a pointer is of no use to other processes")
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
