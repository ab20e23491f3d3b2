"""A wide array takes the characters of a text by encoding it, which surrogates cannot be."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "string.wide-arrays-take-text-as-initializer": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type in ("u", ctypes.c_wchar) and isinstance(size_or_initializer, str):
            size_or_initializer.encode("utf-32")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
