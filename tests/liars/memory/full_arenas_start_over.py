"""When a page is full, objects are put at its beginning again."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {"memory.thousands-of-objects-keep-apart": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 16)
    used = 0

    def RawValue(self, typecode_or_type, *args):
        obj = super().RawValue(typecode_or_type, *args)
        size = (ctypes.sizeof(obj) + 7) // 8 * 8
        place = Backend.used if Backend.used + size <= len(self.arena) else 0
        Backend.used = place + size

        moved = type(obj).from_buffer(self.arena, place)
        ctypes.memmove(ctypes.addressof(moved), ctypes.addressof(obj), ctypes.sizeof(obj))
        return moved


honest.publish(Backend, globals())
