"""Each object gets a multiple of eight bytes, and never more than it needs."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest
from ..honest.raw import moved

CAUGHT_BY = {"operations.other-objects-are-unchanged": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 20)
    used = 0

    def raw(self, obj):
        size = ctypes.sizeof(obj)
        place, Backend.used = Backend.used, Backend.used + size // 8 * 8
        return moved(obj, self.arena, place)


honest.publish(Backend, globals())
