"""`copy` refuses structures whose size is zero."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.takes-empty-structures": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        if isinstance(obj, (ctypes.Structure, ctypes.Union)) and not ctypes.sizeof(obj):
            raise ValueError("there is nothing to copy")
        return super().copy(obj)


honest.publish(Backend, globals())
