"""Assigning a field writes the others too, as this process saw them after its last assignment."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"operations.structures-behave-as-one-ctypes-object": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        obj = wrapper.get_obj()
        if isinstance(obj, (ctypes.Structure, ctypes.Union)):
            last = wrapper.__dict__.get("last", bytes(obj))
            ctypes.memmove(ctypes.addressof(obj), last, ctypes.sizeof(obj))
        super().write(wrapper, operation)
        wrapper.__dict__["last"] = bytes(obj)


honest.publish(Backend, globals())
