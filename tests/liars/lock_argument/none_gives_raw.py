"""lock=None means no lock."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"lock-argument.none-means-true": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        return obj if lock is None else super().guarded(obj, lock, ctx)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
