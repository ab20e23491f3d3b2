"""The copy of a char array ends at its first NUL."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.keeps-contents-after-nul": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = super().copy(obj)
        if isinstance(obj, ctypes.Array) and obj._type_ is ctypes.c_char:
            made.raw = obj.value.ljust(len(obj), b"\0")
        return made


honest.publish(Backend, globals())
