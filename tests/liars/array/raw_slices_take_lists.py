"""A slice of a raw array takes lists and tuples alone."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slice-assignment-takes-any-sequence": "fail",
}


class LyingArray:
    def __setitem__(self, index, value):
        if isinstance(index, slice) and not isinstance(value, (list, tuple)):
            raise TypeError("neither a list nor a tuple")
        super().__setitem__(index, value)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
