"""Raw values equal each other when their values do."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"raw.compares-as-ctypes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        if not isinstance(made, ctypes._SimpleCData):
            return made
        cls = type(made)
        members = {"__eq__": lambda one, other: bytes(one) == bytes(other), "__hash__": None}
        return type(cls)(cls.__name__, (cls,), members).from_buffer(made)


honest.publish(Backend, globals())
