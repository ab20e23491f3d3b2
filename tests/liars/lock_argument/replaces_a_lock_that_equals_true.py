"""A lock that equals True counts as True."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"lock-argument.identity-decides": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        return super().guarded(obj, True if lock == True else lock, ctx)  # noqa: E712 - the lie


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
