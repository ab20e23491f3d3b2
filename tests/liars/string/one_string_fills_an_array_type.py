"""For an array type, `RawValue` accepts a byte string in place of its single bytes."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.value-takes-char-array-type": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.Array)):
            args = args[0] if len(args) == 1 and isinstance(args[0], bytes) else args
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
