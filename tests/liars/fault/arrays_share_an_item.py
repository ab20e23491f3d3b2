"""The last item of each array is the first item of the next one."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"fault.killed-writer-corrupts-no-other-array": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    memory = None
    end = 0

    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type != "i":
            return super().RawArray(typecode_or_type, size_or_initializer)
        if self.memory is None:
            self.memory = super().RawArray("c", 1 << 20)
        cls = ctypes.c_int * size_or_initializer
        array = cls.from_buffer(self.memory, self.end)
        self.end += ctypes.sizeof(cls) - ctypes.sizeof(ctypes.c_int)
        return array


honest.publish(Backend, globals())
