"""`synchronized` takes any object."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.refuses-what-is-no-ctypes-object": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def class_for(self, obj):
        try:
            return super().class_for(obj)
        except TypeError:
            return SynchronizedBase


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
