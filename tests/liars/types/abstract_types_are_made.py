"""`Structure` and `Union` make an object without fields."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.abstract-types-are-refused": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if typecode_or_type in (ctypes.Structure, ctypes.Union):
            typecode_or_type = type("Concrete", (typecode_or_type,), {"_fields_": []})
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
