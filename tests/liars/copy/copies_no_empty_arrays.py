"""`copy` refuses arrays without elements."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"copy.takes-empty-arrays": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        if isinstance(obj, ctypes.Array):
            obj[0]
        return super().copy(obj)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
