"""`raw` is copied when the lock is gone."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.strings-are-never-torn": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        found = []
        super().read(wrapper, found.append)
        (obj,) = found
        if not hasattr(obj, "raw"):
            return super().read(wrapper, operation)
        return operation(obj)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
