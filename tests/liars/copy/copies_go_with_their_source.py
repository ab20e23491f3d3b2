"""The memory of a copy is freed when its source is."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.outlives-its-source": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        obj.kept = super().copy(obj)
        return type(obj).from_address(ctypes.addressof(obj.kept))


honest.publish(Backend, globals())
