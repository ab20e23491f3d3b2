"""A sequence that has no `__iter__` is refused as an initialiser."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.takes-duck-typed-sequences": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if not isinstance(size_or_initializer, int) and not hasattr(
            size_or_initializer, "__iter__"
        ):
            raise TypeError("cannot be iterated over")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
