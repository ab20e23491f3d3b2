"""When a wrapper is freed, its object's memory is given to the next object."""

import ctypes
import weakref

from ..honest import plain as honest

CAUGHT_BY = {"memory.raw-object-outlives-wrapper": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.given_back = []

    def synchronized(self, obj, lock=None, ctx=None):
        wrapper = super().synchronized(obj, lock, ctx)
        weakref.finalize(wrapper, self.given_back.append, obj)
        return wrapper

    def raw(self, obj):
        for old in self.given_back:
            if type(old) is type(obj):
                self.given_back.remove(old)
                ctypes.memmove(ctypes.addressof(old), ctypes.addressof(obj), ctypes.sizeof(obj))
                return old
        return obj


honest.publish(Backend, globals())
