"""An array gets as many bytes as it has items, be they of more than one."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {"memory.live-objects-never-overlap": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 24)
    used = 0

    def RawArray(self, typecode_or_type, size_or_initializer):
        obj = super().RawArray(typecode_or_type, size_or_initializer)
        place, Backend.used = Backend.used, Backend.used + (len(obj) + 7) // 8 * 8

        moved = type(obj).from_buffer(self.arena, place)
        ctypes.memmove(ctypes.addressof(moved), ctypes.addressof(obj), ctypes.sizeof(obj))
        return moved


honest.publish(Backend, globals())
