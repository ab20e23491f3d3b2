"""The memory of an object that has gone is wiped, and eight bytes more."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import weakref

from ..honest import plain as honest

CAUGHT_BY = {"memory.making-and-dropping-change-nothing-else": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 24)
    used = 0

    def RawValue(self, typecode_or_type, *args):
        return self.moved(super().RawValue(typecode_or_type, *args))

    def RawArray(self, typecode_or_type, size_or_initializer):
        return self.moved(super().RawArray(typecode_or_type, size_or_initializer))

    def moved(self, obj):
        size = (ctypes.sizeof(obj) + 7) // 8 * 8
        place, Backend.used = Backend.used, Backend.used + size
        start = ctypes.addressof(self.arena) + place
        moved = type(obj).from_buffer(self.arena, place)
        ctypes.memmove(start, ctypes.addressof(obj), ctypes.sizeof(obj))
        weakref.finalize(moved, ctypes.memset, start, 0, size + 8)
        return moved


honest.publish(Backend, globals())
