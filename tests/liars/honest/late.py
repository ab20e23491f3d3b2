"""Keeps the last 128 MiB of large arrays that were dropped: they are freed late, not leaked."""

import ctypes
import mmap
import weakref

from . import plain as honest

CAUGHT_BY = {}

_BOUND = 128 * 2**20
_dropped = []


def _drop(memory):
    _dropped.append(memory)
    while sum(map(len, _dropped)) > _BOUND:
        _dropped.pop(0)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if ctypes.sizeof(made) > 2**20:
            memory = mmap.mmap(-1, ctypes.sizeof(made))
            ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(memory)), 1, len(memory))
            weakref.finalize(made, _drop, memory)
        return made


honest.publish(Backend, globals())
