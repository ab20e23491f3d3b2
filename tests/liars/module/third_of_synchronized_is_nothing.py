"""The third positional argument of `synchronized` is taken and not used."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "module.synchronized-takes-lock-and-ctx-by-position": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def names(self):
        *others, synchronized = super().names()
        return (*others, lambda obj, lock=None, *_, ctx=None: synchronized(obj, lock, ctx))


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
