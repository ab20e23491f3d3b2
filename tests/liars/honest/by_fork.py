"""Wrappers cross to a child that starts as a copy; to any other, the start raises. It says so."""

from . import plain as honest
from .plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        raise RuntimeError("this can only be inherited by fork")


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
