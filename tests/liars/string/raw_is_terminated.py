"""Assigning to `raw` of a raw char array writes a NUL if there is room."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.raw-leaves-the-rest": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return extended(
            array,
            raw=property(cls.raw.__get__, lambda obj, text: cls.value.__set__(obj, bytes(text))),
        )


honest.publish(Backend, globals())
