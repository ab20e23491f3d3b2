"""The bytes of a memory view are taken, whatever it is a view of and with which steps."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.takes-builtin-sequences": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, memoryview):
            size_or_initializer = bytes(size_or_initializer.obj)
        return super().RawArray(typecode_or_type, size_or_initializer)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
