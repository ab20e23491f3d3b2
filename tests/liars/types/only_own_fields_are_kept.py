"""A structure has its own fields, and none of those it inherits."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.inherited-fields-match-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if hasattr(getattr(typecode_or_type, "__base__", None), "_fields_"):
            own = {"_fields_": vars(typecode_or_type).get("_fields_", [])}
            typecode_or_type = type("Own", (ctypes.Structure,), own)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
