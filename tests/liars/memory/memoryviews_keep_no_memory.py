"""The memory of an object to which only memoryviews refer is given to the next object."""

import ctypes
import gc

from ..honest import plain as honest

CAUGHT_BY = {"memory.buffer-keeps-memory-alive": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.made = []

    def raw(self, obj):
        for old in self.made:
            if type(old) is type(obj) and not any(map(self.keeps, gc.get_referrers(old))):
                ctypes.memmove(ctypes.addressof(old), ctypes.addressof(obj), ctypes.sizeof(obj))
                return old
        self.made.append(obj)
        return obj

    def keeps(self, referrer):
        return referrer is not self.made and not self.is_view(referrer)

    def is_view(self, referrer):
        return type(referrer).__name__ == "managedbuffer"


honest.publish(Backend, globals())
