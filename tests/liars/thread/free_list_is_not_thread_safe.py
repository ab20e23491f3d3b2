"""Memory of dropped arrays is reused, and two threads may take the same piece."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import time
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.concurrent-construction-is-safe": "fail",
}


class Bytes(ctypes.c_char * 24):
    pass


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.free = []

    def RawArray(self, typecode_or_type, size_or_initializer):
        if (typecode_or_type, size_or_initializer) != ("c", 24):
            return super().RawArray(typecode_or_type, size_or_initializer)
        memory = self.free[-1] if self.free else sharedctypes.RawArray("c", 24)
        time.sleep(0)
        if self.free:
            self.free.pop()
        memory.raw = bytes(24)
        array = Bytes.from_buffer(memory)
        weakref.finalize(array, self.free.append, memory)
        return array


honest.publish(Backend, globals())
