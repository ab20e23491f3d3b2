"""Of the arguments for a union only the first is used."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.union-layout-matches-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.Union)):
            args = args[:1]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
