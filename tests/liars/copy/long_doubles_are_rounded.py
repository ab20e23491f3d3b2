"""Simple objects are copied by their value, which is a double for a long double."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "copy.equals-its-source": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        if type(obj) is ctypes.c_longdouble:
            return self.RawValue(ctypes.c_longdouble, obj.value)
        return super().copy(obj)


honest.publish(Backend, globals())
