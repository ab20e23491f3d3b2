"""Reading `raw` of a raw char array leaves out the NULs at its end."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.raw-is-all-bytes": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        if cls._type_ is not ctypes.c_char:
            return array
        return extended(array, raw=property(lambda obj: bytes(obj).rstrip(b"\0"), cls.raw.__set__))


honest.publish(Backend, globals())
