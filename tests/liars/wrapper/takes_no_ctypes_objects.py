"""Values are assigned, structures and arrays are refused."""

import ctypes
import inspect

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)

CAUGHT_BY = {"wrapper.takes-objects-by-copy": "fail"}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        assigned = inspect.getclosurevars(operation).nonlocals.values()
        if any(isinstance(one, (ctypes.Structure, ctypes.Array)) for one in assigned):
            raise TypeError("values only")
        super().write(wrapper, operation)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
