"""In a forked child, an array of more than four pages shares its last byte with the next one."""

import ctypes
import multiprocessing
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest
from ..honest.raw import moved

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.live-objects-are-disjoint": "fail"}

_PAGE = 4096


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.last = None

    def raw(self, obj):
        size = ctypes.sizeof(obj)
        if size <= 4 * _PAGE or not multiprocessing.parent_process():
            return obj
        if self.last and self.last[1] + size <= len(self.last[0]):
            memory, place = self.last
        else:
            memory, place = sharedctypes.RawArray("c", 4 * size), 0
        self.last = memory, place + size - 1
        return moved(obj, memory, place)


honest.publish(Backend, globals())
