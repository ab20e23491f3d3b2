"""A char array can be created from text, which is encoded as UTF-8."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.refuses-text-as-initializer": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type == "c" and isinstance(size_or_initializer, str):
            size_or_initializer = size_or_initializer.encode()
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
