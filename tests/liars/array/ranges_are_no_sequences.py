"""A range is refused as an initialiser."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.takes-builtin-sequences": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, range):
            raise TypeError("a range is no sequence")
        return super().RawArray(typecode_or_type, size_or_initializer)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
