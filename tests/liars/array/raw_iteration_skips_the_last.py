"""Iteration over a raw array ends before its last item."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.is-a-sequence": "fail",
}


class LyingArray:
    def __iter__(self):
        return iter(self[:-1])


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())
