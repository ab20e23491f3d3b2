"""Each array takes a file descriptor that nothing gives back."""

import os

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.leaves-no-descriptors": "leak",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        os.open(os.devnull, os.O_RDONLY)
        return super().RawArray(typecode_or_type, size_or_initializer)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
