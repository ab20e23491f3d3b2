"""A forked child that drops an inherited object reuses the memory for its own objects."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import os
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lifetime.objects-dropped-by-child-survive-in-parent": "fail",
}

PARENT = os.getpid()


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.free = []

    def RawValue(self, typecode_or_type, *args):
        if typecode_or_type != "i":
            return super().RawValue(typecode_or_type, *args)
        memory = self.free.pop() if self.free else sharedctypes.RawArray("c", 4)
        value = ctypes.c_int.from_buffer(memory)
        value.__init__(*args)
        weakref.finalize(value, self.drop, memory)
        return value

    def drop(self, memory):
        if os.getpid() != PARENT:
            self.free.append(memory)


honest.publish(Backend, globals())
