"""Assigning to `value` a prefix of the present value of a raw char array changes nothing."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.is-updated-in-place": "fail",
}


def assign(array, text):
    if not array.value.startswith(text):
        array.__class__.__base__.value.__set__(array, text)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return extended(array, value=property(cls.value.__get__, assign))


honest.publish(Backend, globals())
