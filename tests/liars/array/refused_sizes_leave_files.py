"""A length that is refused leaves a file open."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.oversized-arrays-fail-cleanly": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        except (OSError, OverflowError):
            os.open(os.devnull, os.O_RDONLY)
            raise


honest.publish(Backend, globals())
