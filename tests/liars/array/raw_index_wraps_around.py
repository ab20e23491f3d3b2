"""An index of a raw array beyond the end wraps around."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.item-access-matches-ctypes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        if type(index) is int and len(self) <= index:
            index %= len(self)
        return super().__getitem__(index)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
