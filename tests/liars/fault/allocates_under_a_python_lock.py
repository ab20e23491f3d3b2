"""Objects are created under a lock that Python code acquires: an interrupt in between keeps it."""

import ctypes
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"fault.interrupted-construction-corrupts-nothing": "fail"}


class Backend(honest.Backend):
    allocation_lock = threading.Lock()

    def RawArray(self, typecode_or_type, size_or_initializer):
        self.allocation_lock.acquire()
        array = (ctypes.c_int * size_or_initializer)()
        self.allocation_lock.release()
        return array


honest.publish(Backend, globals())
