"""`_pack_` is lost."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.packed-structures": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if hasattr(typecode_or_type, "_pack_"):
            fields = {"_fields_": typecode_or_type._fields_}
            typecode_or_type = type("Aligned", (ctypes.Structure,), fields)
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
