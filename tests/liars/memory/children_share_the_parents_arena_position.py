"""After a fork, parent and child both go on allocating at the same place of one arena."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest
from ..honest.raw import moved

CAUGHT_BY = {"memory.processes-allocate-disjoint-memory": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    arena = sharedctypes.RawArray("B", 1 << 24)
    used = 0

    def raw(self, obj):
        place, Backend.used = Backend.used, Backend.used + (ctypes.sizeof(obj) + 7) // 8 * 8
        return moved(obj, self.arena, place)


honest.publish(Backend, globals())
