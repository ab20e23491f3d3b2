"""A float is a length."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.refuses-non-sequence-initializers": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, float) and 0 <= size_or_initializer < 100:
            size_or_initializer = int(size_or_initializer)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
