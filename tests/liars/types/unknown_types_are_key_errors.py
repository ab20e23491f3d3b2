"""What is neither a type nor a typecode raises KeyError."""

from multiprocessing.sharedctypes import typecode_to_type

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.unknown-types-are-refused": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if not isinstance(typecode_or_type, type) and typecode_or_type not in typecode_to_type:
            raise KeyError(typecode_or_type)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
