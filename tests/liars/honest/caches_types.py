"""The reference, which remembers the last few types that it has shared objects of."""

from functools import lru_cache

import sharedctypes_reference
from sharedctypes_reference import (  # noqa: F401
    Array,
    RawArray,
    Synchronized,
    SynchronizedArray,
    SynchronizedBase,
    SynchronizedString,
    Value,
    copy,
    synchronized,
)

CAUGHT_BY = {}


@lru_cache(maxsize=16)
def _seen(kind):
    return kind


def RawValue(kind, *args):
    return sharedctypes_reference.RawValue(_seen(kind), *args)
