"""RawValue and RawArray ignore keywords."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"raw.keywords-are-refused": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args, **_):
        return super().RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer, **_):
        return super().RawArray(typecode_or_type, size_or_initializer)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
