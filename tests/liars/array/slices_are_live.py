"""A slice of a raw array is a view of it."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slices-are-copies": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        if isinstance(index, slice):
            view = memoryview(self)
            return view.cast("B").cast(view.format[-1])[index]
        return super().__getitem__(index)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())
