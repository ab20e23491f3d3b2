"""What `copy` returns is not in shared memory."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.is-shared": "fail"}


class Backend(honest.Backend):
    def copy(self, obj):
        made = type(obj)()
        ctypes.memmove(ctypes.addressof(made), ctypes.addressof(obj), ctypes.sizeof(obj))
        return made


honest.publish(Backend, globals())
