"""When an object is freed, its memory is zeroed, and eight bytes more."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import weakref

from ..honest import plain as honest
from ..honest.raw import moved

CAUGHT_BY = {"memory.allocation-changes-no-other-object": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 24)
    used = 0

    def raw(self, obj):
        size = (ctypes.sizeof(obj) + 7) // 8 * 8
        place, Backend.used = Backend.used, Backend.used + size
        placed = moved(obj, self.arena, place)
        weakref.finalize(placed, ctypes.memset, ctypes.addressof(placed), 0, size + 8)
        return placed


honest.publish(Backend, globals())
