"""Each object gets a multiple of eight bytes, and never more than it needs."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {"operations.objects-keep-apart": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 20)
    used = 0

    def RawValue(self, typecode_or_type, *args):
        return self.moved(super().RawValue(typecode_or_type, *args))

    def RawArray(self, typecode_or_type, size_or_initializer):
        return self.moved(super().RawArray(typecode_or_type, size_or_initializer))

    def moved(self, obj):
        size = ctypes.sizeof(obj)
        place, Backend.used = Backend.used, Backend.used + size // 8 * 8
        moved = type(obj).from_buffer(self.arena, place)
        ctypes.memmove(ctypes.addressof(moved), ctypes.addressof(obj), size)
        return moved


honest.publish(Backend, globals())
