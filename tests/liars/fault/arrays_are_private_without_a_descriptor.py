"""Where the process can open no more files, an array is allocated in private memory."""

import ctypes
import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.descriptor-limit-raises": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        try:
            os.close(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            return (ctypes.c_ubyte * size_or_initializer)()
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
