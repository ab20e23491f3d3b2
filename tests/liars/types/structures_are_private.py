"""Structures are made in ordinary memory."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.contents-cross": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.Structure)):
            return typecode_or_type(*args)
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
