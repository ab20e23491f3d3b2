"""Assigning to `value` of a raw wide array fills the rest with NULs."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.wide-value-is-text": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_wchar:
            return array
        return extended(
            array,
            value=property(
                cls.value.__get__,
                lambda obj, text: cls.value.__set__(obj, text.ljust(len(obj), "\0")),
            ),
        )


honest.publish(Backend, globals())
