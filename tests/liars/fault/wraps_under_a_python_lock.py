"""Objects are wrapped under a lock that Python code acquires: an interrupt in between keeps it."""

import ctypes
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"fault.interrupted-construction-corrupts-nothing": "fail"}


class Backend(honest.Backend):
    wrapping = threading.Lock()

    # In private memory: an interrupt corrupts the standard library's own allocations.
    def RawValue(self, typecode_or_type, *args):
        return ctypes.c_int(*args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        return (ctypes.c_int * size_or_initializer)()

    def synchronized(self, obj, lock=None, ctx=None):
        self.wrapping.acquire()
        made = super().synchronized(obj, lock, ctx)
        self.wrapping.release()
        return made


honest.publish(Backend, globals())
