"""Of a union's arguments only the first is used."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.unions": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.Union)):
            args = args[:1]
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
