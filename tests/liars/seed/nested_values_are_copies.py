"""A structure or array inside the object is handed out as a copy."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "seed.child-changes-structures-in-an-array": "fail",
    "wrapper.nested-values-are-live": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        value = super().read(wrapper, operation)
        if isinstance(value, (ctypes.Structure, ctypes.Union, ctypes.Array)):
            value = type(value).from_buffer_copy(value)
        return value


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
