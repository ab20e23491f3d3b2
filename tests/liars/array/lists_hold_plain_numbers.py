"""A list of numbers is read by the `array` module, which takes no objects of ctypes."""

import array
import contextlib
import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"array.takes-builtin-sequences": "fail"}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type in ("i", ctypes.c_int) and type(size_or_initializer) is list:
            with contextlib.suppress(OverflowError):
                size_or_initializer = array.array("i", size_or_initializer)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
