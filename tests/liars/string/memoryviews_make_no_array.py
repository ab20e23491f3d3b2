"""A memoryview is no initialiser."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.takes-single-bytes-as-initializer": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, memoryview):
            raise TypeError("an array is made from bytes or a list")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
