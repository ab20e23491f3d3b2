"""A slice of a raw wide array is a list of characters."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.wide-items-and-slices-are-text": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return list(item) if isinstance(index, slice) else item


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_wchar:
            return array
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())
