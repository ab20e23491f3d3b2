"""A slice of a raw char array is a list of single bytes."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.slices-are-bytes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return [bytes([byte]) for byte in item] if isinstance(index, slice) else item


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())
