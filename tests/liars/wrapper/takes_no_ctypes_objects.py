"""Assigning a structure or an array is refused."""

import ctypes
import inspect

from ..honest import plain as honest

START_METHODS = ("fork",)

CAUGHT_BY = {"wrapper.assigned-objects-are-copied": "fail"}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        assigned = inspect.getclosurevars(operation).nonlocals.values()
        if any(isinstance(one, (ctypes.Structure, ctypes.Array)) for one in assigned):
            raise TypeError("values only")
        super().write(wrapper, operation)


honest.publish(Backend, globals())
