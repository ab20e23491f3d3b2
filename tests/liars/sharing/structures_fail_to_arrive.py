"""The start of a process that is given structures succeeds, and the process fails to read them."""

import ctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("forkserver",)
CAUGHT_BY = {
    "sharing.what-is-made-crosses-or-start-raises": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        if isinstance(obj, (ctypes.Structure, ctypes.Union)):
            raise TypeError(f"{type(obj).__name__} cannot be rebuilt")
        return super().rebuild(obj, lock)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
