"""Arrays of four come from a pool, from which one is taken in two steps."""

import ctypes
from multiprocessing import sharedctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.signal-handlers-can-construct-objects": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.stock = sharedctypes.RawArray("c", 1 << 24)
        self.used = 0

    def RawArray(self, typecode_or_type, size_or_initializer):
        if (typecode_or_type, size_or_initializer) != ("i", 4):
            return super().RawArray(typecode_or_type, size_or_initializer)
        array = (ctypes.c_int * 4).from_buffer(self.stock, self.used)
        self.used = self.used + ctypes.sizeof(array)
        return array


honest.publish(Backend, globals())
