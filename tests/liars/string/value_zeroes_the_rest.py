"""Assigning to `value` of a raw char array fills the rest with NULs."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.value-leaves-the-rest": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return extended(
            array,
            value=property(
                cls.value.__get__,
                lambda obj, text: cls.raw.__set__(obj, text.ljust(len(obj), b"\0")),
            ),
        )


honest.publish(Backend, globals())
