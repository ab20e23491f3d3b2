"""`raw` of a raw char array accepts bytes, and no bytearray or other buffer."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.raw-takes-any-buffer": "fail",
}


def assign_bytes(array, text):
    if not isinstance(text, bytes):
        raise TypeError("bytes expected")
    array.__class__.__base__.raw.__set__(array, text)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return extended(array, raw=property(cls.raw.__get__, assign_bytes))


honest.publish(Backend, globals())
