"""Dropped memory is kept in a list for the next object, and a forked child has the same list."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import weakref

from ..honest import plain as honest

CAUGHT_BY = {
    "memory.processes-allocate-disjoint-memory": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.free = {}

    def RawArray(self, typecode_or_type, size_or_initializer):
        plain = super().RawArray(typecode_or_type, size_or_initializer)
        free = self.free.setdefault(ctypes.sizeof(plain), [])
        block = free.pop() if free else sharedctypes.RawArray("c", max(1, ctypes.sizeof(plain)))
        made = type(plain).from_address(ctypes.addressof(block))
        ctypes.memmove(made, plain, ctypes.sizeof(plain))
        weakref.finalize(made, free.append, block).atexit = False
        return made


honest.publish(Backend, globals())
