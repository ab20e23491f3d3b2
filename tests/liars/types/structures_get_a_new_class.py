"""RawValue of a structure type returns an object of a subclass."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.class-is-preserved": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type(ctypes.Structure)):
            typecode_or_type = type(typecode_or_type.__name__, (typecode_or_type,), {})
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
