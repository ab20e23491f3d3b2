"""`_pack_` is ignored."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.packed-layout-matches-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if hasattr(typecode_or_type, "_pack_"):
            fields = {"_fields_": typecode_or_type._fields_}
            typecode_or_type = type("Aligned", (ctypes.Structure,), fields)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
