"""An access that happens within another waits for it."""

import threading

from . import honest
from .honest import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.accesses-nest": "hang",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        guard = wrapper.__dict__.setdefault("_guard", threading.Lock())
        with guard:
            return super().access(wrapper, operation)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
