"""`Array` makes room for a terminating NUL."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.array-makes-what-rawarray-makes": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Array(self, typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
        if isinstance(size_or_initializer, bytes):
            size_or_initializer += bytes(1)
        return super().Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
