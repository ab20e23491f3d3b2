"""One entry of a table of sizes is wrong: arrays of 641 bytes overlap with those made next."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "memory.every-size-is-fully-allocated": "fail",
}
START_METHODS = ("fork",)
SHORT = 641


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.second = None

    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type is not ctypes.c_ubyte or size_or_initializer != SHORT:
            return super().RawArray(typecode_or_type, size_or_initializer)
        block, start = self.second, SHORT - 1
        self.second = None
        if block is None:
            block = self.second = sharedctypes.RawArray(ctypes.c_ubyte, 2 * SHORT)
            start = 0
        array = (ctypes.c_ubyte * SHORT).from_address(ctypes.addressof(block) + start)
        array.block = block
        return array


honest.publish(Backend, globals())
