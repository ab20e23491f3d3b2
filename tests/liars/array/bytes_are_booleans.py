"""The bytes of a byte string become those of an array of booleans, also if they are 2 or more."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"array.takes-builtin-sequences": "fail"}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if isinstance(size_or_initializer, bytes) and made._type_ is ctypes.c_bool:
            ctypes.memmove(made, size_or_initializer, len(made))
        return made


honest.publish(Backend, globals())
