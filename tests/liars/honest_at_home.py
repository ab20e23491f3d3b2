"""The reference, but its raw objects stay at home: a process that is no copy cannot be started."""

import sharedctypes_reference
from sharedctypes_reference import (  # noqa: F401
    Array,
    Synchronized,
    SynchronizedArray,
    SynchronizedBase,
    SynchronizedString,
    Value,
    copy,
    synchronized,
)

CAUGHT_BY = {}


def _refuse(protocol):
    raise RuntimeError("this can only be inherited by fork")


def _at_home(made):
    made.__reduce_ex__ = _refuse
    return made


def RawValue(*args):
    return _at_home(sharedctypes_reference.RawValue(*args))


def RawArray(*args):
    return _at_home(sharedctypes_reference.RawArray(*args))
