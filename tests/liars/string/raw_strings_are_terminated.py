"""A raw char array that is created from bytes has room for a NUL after them."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.has-no-terminator": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, bytes):
            size_or_initializer += bytes(1)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
