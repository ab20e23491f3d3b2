"""Reading a slice of a raw array ignores its step."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slicing-matches-ctypes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        if isinstance(index, slice) and index.step != 0:
            index = slice(index.start, index.stop)
        return super().__getitem__(index)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
