"""The reference, which remembers the last few types of its shared objects."""

from functools import lru_cache

import sharedctypes_reference

from . import plain as honest

CAUGHT_BY = {}


@lru_cache(maxsize=16)
def _seen(kind):
    return kind


def RawValue(kind, *args):
    return sharedctypes_reference.RawValue(_seen(kind), *args)


honest.republish(sharedctypes_reference, globals())
