"""What is larger than a block is copied block by block, and its last part not at all."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "copy.equals-its-source": "fail",
}
START_METHODS = ("fork",)
BLOCK = 65536


class Backend(honest.Backend):
    def copy(self, obj):
        made = super().copy(obj)
        size = ctypes.sizeof(obj)
        if size > BLOCK:
            ctypes.memset(ctypes.addressof(made) + size // BLOCK * BLOCK, 0, size % BLOCK)
        return made


honest.publish(Backend, globals())
