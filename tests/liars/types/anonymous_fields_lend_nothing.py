"""The fields of an anonymous field cannot be accessed directly."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.anonymous-fields-match-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if hasattr(typecode_or_type, "_anonymous_"):
            fields = {"_fields_": typecode_or_type._fields_}
            typecode_or_type = type("Closed", (typecode_or_type.__base__,), fields)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
