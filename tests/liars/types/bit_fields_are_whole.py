"""Bit fields become ordinary fields of their types."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.bit-fields-match-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if any(len(field) == 3 for field in getattr(typecode_or_type, "_fields_", ())):
            fields = {"_fields_": [field[:2] for field in typecode_or_type._fields_]}
            typecode_or_type = type("Whole", (typecode_or_type.__base__,), fields)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
