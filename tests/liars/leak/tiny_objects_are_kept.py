"""Memory of a few hundred bytes is not given back, that of arrays of some size is."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.dropped-objects-give-memory-back": "leak",
}


KEPT = []


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if ctypes.sizeof(made) < 1024:
            # As much as it has in private memory, which costs nobody time to look through.
            KEPT.append(b"x" * ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())
