"""A length that no memory can hold gives a shorter array."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.oversized-arrays-fail-cleanly": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, int):
            size_or_initializer = min(size_or_initializer, 100_000)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
