"""Small arrays are not freed when they are dropped; large ones are."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.dropped-objects-leak-no-memory": "leak",
}


KEPT = []


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if ctypes.sizeof(made) <= 8192:
            KEPT.append(made)
        return made


honest.publish(Backend, globals())
