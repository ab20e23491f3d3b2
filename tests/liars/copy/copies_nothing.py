"""`copy` returns its argument."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"copy.is-independent": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return super().copy(obj) if not ctypes.sizeof(obj) else obj


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
