"""`RawValue` accepts `Structure` and `Union` themselves, and returns an object without fields."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.abstract-types-are-refused": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if typecode_or_type in (ctypes.Structure, ctypes.Union):
            typecode_or_type = type("Concrete", (typecode_or_type,), {"_fields_": []})
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
