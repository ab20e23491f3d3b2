"""`copy` returns its argument."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.is-independent": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return super().copy(obj) if not ctypes.sizeof(obj) else obj


honest.publish(Backend, globals())
