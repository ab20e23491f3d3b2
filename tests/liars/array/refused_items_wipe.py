"""An item of a raw array that is refused leaves all items zero."""

import ctypes

from ..honest import plain as honest

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
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())
