"""Pointers are not made."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.pointers-are-stored": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes._Pointer)):
            raise TypeError("a pointer is of no use to other processes")
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
