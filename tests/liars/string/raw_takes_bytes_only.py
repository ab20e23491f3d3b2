"""`raw` of a raw char array takes no bytearray, and no other buffer but bytes."""

import ctypes

from ..honest import plain as honest

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
        lying = type(cls)(cls.__name__, (cls,), {})
        # Not before: ctypes gives each class of character arrays members of its own.
        lying.raw = property(cls.raw.__get__, assign_bytes)
        return lying.from_buffer(array)


honest.publish(Backend, globals())
