"""A copy is made by the constructor of its type, and filled after that."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"copy.runs-no-constructor": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = self.RawValue(type(obj))
        ctypes.memmove(ctypes.addressof(made), ctypes.addressof(obj), ctypes.sizeof(made))
        return made


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
