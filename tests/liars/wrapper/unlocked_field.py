"""Reading and assigning to fields takes no lock."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.access-takes-the-lock-once": "fail",
    "interleaving.of-default-locks": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        if isinstance(wrapper.get_obj(), ctypes.Structure):
            return operation(wrapper.get_obj())
        return super().access(wrapper, operation)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
