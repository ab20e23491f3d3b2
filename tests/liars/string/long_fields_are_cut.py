"""Of what is too long for a char array in a raw structure, what fits is taken."""

import ctypes

from ..honest import plain as honest

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
        cls = type(obj)
        if not isinstance(obj, ctypes.Structure):
            return obj
        return type(cls)(cls.__name__, (LyingStructure, cls), {}).from_buffer(obj)


honest.publish(Backend, globals())
