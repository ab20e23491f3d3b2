"""Prints two lines when it is imported, by every process that does."""

import sys

from . import plain as honest
from .plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {}

print("1.0 of an experiment")
print("there may be errors", file=sys.stderr)

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
