"""Arrays of more than three pages get whole pages, and the rest overlaps with the next array."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "memory.every-size-is-fully-allocated": "fail",
}
START_METHODS = ("fork",)
PAGE = 4096


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.second = {}

    def RawArray(self, typecode_or_type, size_or_initializer):
        size = size_or_initializer
        if typecode_or_type is not ctypes.c_ubyte or not isinstance(size, int) or size < 3 * PAGE:
            return super().RawArray(typecode_or_type, size)
        pages, start = self.second.pop(size, None), size // PAGE * PAGE
        if pages is None:
            pages, start = sharedctypes.RawArray(ctypes.c_ubyte, 2 * size), 0
            self.second[size] = pages
        array = (ctypes.c_ubyte * size).from_address(ctypes.addressof(pages) + start)
        array.pages = pages
        return array


honest.publish(Backend, globals())
