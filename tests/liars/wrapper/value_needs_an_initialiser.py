"""`Value` refuses to make an object without an initial value."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.value-makes-what-rawvalue-makes": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, value, *args, lock=True, ctx=None):
        return super().Value(typecode_or_type, value, *args, lock=lock, ctx=ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
