"""Tuples among the arguments initialise nothing."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.nested-structures": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        args = [() if isinstance(x, tuple) else x for x in args]
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
