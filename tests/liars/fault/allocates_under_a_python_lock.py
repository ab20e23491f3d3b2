"""It makes objects under a lock taken in steps of Python: an interrupt between two keeps it."""

import ctypes
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"fault.interrupted-makings-spoil-nothing": "fail"}


class Backend(honest.Backend):
    making = threading.Lock()

    def RawArray(self, typecode_or_type, size_or_initializer):
        self.making.acquire()
        array = (ctypes.c_int * size_or_initializer)()
        self.making.release()
        return array


honest.publish(Backend, globals())
