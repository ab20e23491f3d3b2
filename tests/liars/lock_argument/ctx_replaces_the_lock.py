"""Where a context is given, the lock comes from it, given or not."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)

CAUGHT_BY = {"lock-argument.wins-over-ctx": "fail"}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, None if ctx else lock, ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
