"""Structures are allocated in private memory."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.contents-are-shared-with-child": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.Structure)):
            return typecode_or_type(*args)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
