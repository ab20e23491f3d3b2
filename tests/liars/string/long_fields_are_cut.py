"""A string that is too long for a char array in a raw structure is truncated."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.fields-are-strings": "fail",
}


class LyingStructure:
    def __setattr__(self, name, value):
        if isinstance(value, bytes):
            value = value[: getattr(type(self), name).size]
        super().__setattr__(name, value)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        obj = super().RawValue(typecode_or_type, *args)
        if not isinstance(obj, ctypes.Structure):
            return obj
        return extended(obj, LyingStructure)


honest.publish(Backend, globals())
