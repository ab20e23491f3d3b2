"""`copy` copies eight bytes at most."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.equals-its-source": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = super().copy(obj)
        size = ctypes.sizeof(made)
        ctypes.memset(ctypes.addressof(made) + min(size, 8), 0, max(0, size - 8))
        return made


honest.publish(Backend, globals())
