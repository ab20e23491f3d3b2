"""A `__setattr__` of a type's own does not run for what its constructor assigns."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "raw.own-methods-of-types-run": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        kind, plain = typecode_or_type, ctypes.Structure.__setattr__
        if getattr(kind, "__setattr__", None) is plain or not hasattr(kind, "_fields_"):
            return super().RawValue(kind, *args)
        if not issubclass(kind, ctypes.Structure):
            return super().RawValue(kind, *args)
        made = super().RawValue(kind)
        for (name, *_), value in zip(kind._fields_, args):
            plain(made, name, value)
        return made


honest.publish(Backend, globals())
