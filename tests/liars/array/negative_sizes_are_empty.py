"""A negative length gives an empty array."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.refuses-negative-sizes": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, int):
            size_or_initializer = max(0, size_or_initializer)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
