"""Iteration over a raw array ends before its last item."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.supports-sequence-operations": "fail",
}


class LyingArray:
    def __iter__(self):
        return iter(self[:-1])


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
