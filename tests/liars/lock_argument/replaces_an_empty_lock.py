"""A lock that is false in the sense of bool() counts as none."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"lock-argument.identity-decides": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, lock or None, ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
