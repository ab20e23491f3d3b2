"""The class of wrappers of strings is none of arrays."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase  # noqa: F401

CAUGHT_BY = {
    "module.string-wrappers-are-array-wrappers": "fail",
}
START_METHODS = ("fork",)


class SynchronizedString(SynchronizedBase):
    __len__ = SynchronizedArray.__len__
    __getitem__ = SynchronizedArray.__getitem__
    __setitem__ = SynchronizedArray.__setitem__
    value = honest.accessor("value")
    raw = honest.accessor("raw")


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedString if cls is honest.SynchronizedString else cls


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
