"""In a child `get_obj()` returns a copy of the object as it was at the first call."""

import ctypes
import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {"operations.wrapper-and-object-agree": "fail"}
START_METHODS = ("fork",)


class Methods:
    def get_obj(self):
        obj = super().get_obj()
        if multiprocessing.parent_process() is None or not ctypes.sizeof(obj):
            return obj
        return self.__dict__.setdefault("copied", type(obj).from_buffer_copy(obj))


class Backend(honest.Backend):
    mixin = Methods

    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        try:
            return operation(wrapper._honest[1])
        finally:
            lock.release()


honest.publish(Backend, globals())
