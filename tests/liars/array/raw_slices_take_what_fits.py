"""Assigning too much to a slice of a raw array assigns what fits."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slice-assignment-keeps-length": "fail",
}


class LyingArray:
    def __setitem__(self, index, value):
        if isinstance(index, slice) and isinstance(value, (list, tuple)):
            value = value[: len(range(len(self))[index])]
        super().__setitem__(index, value)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
