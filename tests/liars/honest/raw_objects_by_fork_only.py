"""The reference, but its raw objects are only inherited by fork: other starts raise."""

import sharedctypes_reference
from sharedctypes_reference._sharing import Passport

from . import plain as honest

CAUGHT_BY = {}


class _Refused(Passport):
    __slots__ = ()

    def __call__(self, _protocol=0):
        raise RuntimeError("this can only be inherited by fork")


def _at_home(made):
    made.__reduce_ex__.__class__ = _Refused
    return made


def RawValue(*args):
    return _at_home(sharedctypes_reference.RawValue(*args))


def RawArray(*args):
    return _at_home(sharedctypes_reference.RawArray(*args))


honest.republish(sharedctypes_reference, globals())
