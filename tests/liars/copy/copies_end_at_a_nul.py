"""The copy of a char array ends at its first NUL."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"copy.keeps-what-follows-a-nul": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = super().copy(obj)
        if isinstance(obj, ctypes.Array) and obj._type_ is ctypes.c_char:
            made.raw = obj.value.ljust(len(obj), b"\0")
        return made


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
