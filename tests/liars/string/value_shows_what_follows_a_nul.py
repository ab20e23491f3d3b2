"""Reading `value` of a raw char array ends where nothing but NULs follow."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.value-ends-at-the-first-nul": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return extended(array, value=property(lambda obj: obj.raw.rstrip(b"\0"), cls.value.__set__))


honest.publish(Backend, globals())
