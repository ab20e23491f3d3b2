"""`copy` returns a wrapper."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"copy.is-the-raw-object": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return self.synchronized(super().copy(obj))


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
