"""At exit a program frees memory, and only then waits for children that still use it."""

import ctypes
import multiprocessing
from multiprocessing import util

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lifetime.objects-of-ending-program-reach-its-children": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if not multiprocessing.parent_process():
            whole = (ctypes.addressof(made), 0, ctypes.sizeof(made))
            util.Finalize(None, ctypes.memset, whole, exitpriority=1)
        return made


honest.publish(Backend, globals())
