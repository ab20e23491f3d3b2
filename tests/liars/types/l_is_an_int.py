"""The typecode `l` means c_int."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.typecodes-map-to-ctypes-types": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if typecode_or_type == "l":
            typecode_or_type = ctypes.c_int
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
