"""A simple type of the other byte order is taken for the native one, for values."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.values-of-any-bytes-are-kept": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        swapped = getattr(typecode_or_type, "__ctype_le__", typecode_or_type)
        return super().RawValue(swapped, *args)


honest.publish(Backend, globals())
