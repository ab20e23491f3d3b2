"""Each array takes a file descriptor that is never closed."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.dropped-objects-leak-no-descriptors": "leak",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        os.open(os.devnull, os.O_RDONLY)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
