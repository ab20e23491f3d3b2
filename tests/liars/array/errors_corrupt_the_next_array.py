"""After an initialiser was refused, the first item of the next array is not zero."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.refuses-items-that-ctypes-refuses": "fail",
}


class Backend(honest.Backend):
    corrupts = False

    def RawArray(self, typecode_or_type, size_or_initializer):
        try:
            array = super().RawArray(typecode_or_type, size_or_initializer)
        except TypeError:
            self.corrupts = True
            raise
        if self.corrupts:
            self.corrupts = False
            ctypes.memset(ctypes.addressof(array), 1, 1)
        return array


honest.publish(Backend, globals())
