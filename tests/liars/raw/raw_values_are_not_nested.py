"""What is nested in the arguments of RawValue is forgotten."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"raw.arguments-go-to-the-constructor": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        flat = [() if isinstance(value, tuple) else value for value in args]
        return super().RawValue(typecode_or_type, *flat)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
