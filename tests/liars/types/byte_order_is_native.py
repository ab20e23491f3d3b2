"""Fields have the byte order of the machine."""

import ctypes
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.byte-order-matches-ctypes": "fail",
    "types.byte-order-of-unions-matches-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if hasattr(typecode_or_type, "_swappedbytes_"):
            native = f"__ctype_{sys.byteorder[0]}e__"
            fields = [(f[0], getattr(f[1], native, f[1])) for f in typecode_or_type._fields_]
            base = ctypes.Union if issubclass(typecode_or_type, ctypes.Union) else ctypes.Structure
            typecode_or_type = type("Native", (base,), {"_fields_": fields})
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
