"""After a fork by multiprocessing a new arena is begun, but not after os.fork() alone."""

import ctypes
import mmap
import multiprocessing.util

from ..honest import plain as honest
from ..honest.raw import moved

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.os-fork-corrupts-nothing": "fail",
}

_SMALL, _SIZE = 512, 2**20


class Arena:
    def __init__(self):
        self.renew()
        multiprocessing.util.register_after_fork(self, Arena.renew)

    def renew(self):
        self.memory, self.used = mmap.mmap(-1, _SIZE), 0


class Backend(honest.Backend):
    arena = Arena()

    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if ctypes.sizeof(made) > _SMALL:
            return made
        if self.arena.used + _SMALL > _SIZE:
            self.arena.renew()
        place, self.arena.used = self.arena.used, self.arena.used + _SMALL
        return moved(made, self.arena.memory, place)


honest.publish(Backend, globals())
