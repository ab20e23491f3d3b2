"""Reading `raw` of a raw char array leaves out the NULs at its end."""

import ctypes

from ..honest import plain as honest

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
        lying = type(cls)(cls.__name__, (cls,), {})
        # Not before: ctypes gives each class of character arrays members of its own.
        lying.raw = property(lambda obj: bytes(obj).rstrip(b"\0"), cls.raw.__set__)
        return lying.from_buffer(array)


honest.publish(Backend, globals())
