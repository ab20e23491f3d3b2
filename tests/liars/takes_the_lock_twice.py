"""Every access takes the lock twice, one inside the other."""

from . import honest
from .honest import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.access-takes-the-lock-once": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        with wrapper.get_lock():
            return super().access(wrapper, operation)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
