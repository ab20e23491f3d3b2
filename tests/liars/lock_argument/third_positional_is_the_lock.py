"""Array takes its lock as a third positional argument as well."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"lock-argument.keyword-only-for-array": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Array(self, typecode_or_type, size_or_initializer, lock=True, ctx=None):
        return super().Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
