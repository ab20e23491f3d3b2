"""`copy` refuses arrays without elements."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.takes-empty-arrays": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        if isinstance(obj, ctypes.Array):
            obj[0]
        return super().copy(obj)


honest.publish(Backend, globals())
