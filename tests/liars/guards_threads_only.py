"""Accesses keep out the other threads of their process, and no other process."""

import threading

from . import honest
from .honest import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.lock-is-held-in-the-middle-of-an-access": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._guard = threading.RLock()

    def access(self, wrapper, operation):
        with self._guard:
            wrapper.acquire()
            wrapper.release()
            return operation(wrapper.get_obj())


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
