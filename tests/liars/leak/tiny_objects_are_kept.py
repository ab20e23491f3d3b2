"""Memory of a few hundred bytes is not freed; that of larger arrays is."""

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
        if ctypes.sizeof(made) < 1024:
            # As many bytes of private memory, which is cheaper for the garbage collector.
            KEPT.append(b"x" * ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())
