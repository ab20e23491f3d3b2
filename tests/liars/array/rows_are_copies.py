"""A row of a raw array of arrays is a copy."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.rows-are-live": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return type(item).from_buffer_copy(item) if isinstance(item, ctypes.Array) else item


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())
