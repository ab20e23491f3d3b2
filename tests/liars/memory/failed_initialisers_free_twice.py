"""The memory of an array that is refused its items is given back by two who do not know of it."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "memory.live-objects-never-overlap": "fail",
    "memory.making-and-dropping-change-nothing-else": "fail",
}

_SIZE = 256
_free = []


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        try:
            made = super().RawArray(typecode_or_type, size_or_initializer)
        except TypeError:
            _free.extend([super().RawArray("c", _SIZE)] * 2)
            raise
        if not _free or ctypes.sizeof(made) > _SIZE:
            return made
        block = _free.pop()
        placed = type(made).from_buffer(block)
        ctypes.memmove(placed, made, ctypes.sizeof(made))
        return placed


honest.publish(Backend, globals())
