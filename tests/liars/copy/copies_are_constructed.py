"""A copy is created by the constructor of its type, and filled after that."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.runs-no-constructor": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = self.RawValue(type(obj))
        ctypes.memmove(ctypes.addressof(made), ctypes.addressof(obj), ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())
