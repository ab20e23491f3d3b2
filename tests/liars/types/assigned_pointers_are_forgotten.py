"""Accesses make an object at the same address anew, which forgets what its pointers need."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"types.pointers-can-be-stored": "fail"}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        kind = type(wrapper.get_obj())
        if issubclass(kind, ctypes.Structure):
            super().write(wrapper, lambda obj: operation(kind.from_address(ctypes.addressof(obj))))
        else:
            super().write(wrapper, operation)


honest.publish(Backend, globals())
