"""A backend of which one thing is missing, raises, or returns what it should not.

The environment says which: `SHAREDCTYPES_TEST_FAULT="get_obj raises"` is a thing and a way; without
it nothing is wrong. `FAULTS` has all that a test can ask for. What a fault raises or returns can be
recognized in the words of a finding: so a test can tell a clause that reports what happened from
one that accuses the backend of something else.
"""

import os
import time
from unittest import mock

from . import plain as honest

CAUGHT_BY = {}
VARIABLE = "SHAREDCTYPES_TEST_FAULT"


class Planted(Exception):
    """What a fault raises."""


class PlantedObject:
    """What a fault returns in place of what it should."""


class PlantedInt(int):
    pass


class PlantedFloat(float):
    pass


class PlantedBytes(bytes):
    pass


class PlantedStr(str):
    __slots__ = ()


SUBCLASSES = {int: PlantedInt, float: PlantedFloat, bytes: PlantedBytes, str: PlantedStr}


def _raises(_function):
    def plant(*_args, **_keywords):
        raise Planted("planted")

    return plant


def _returning(change):
    """Return a way to plant a fault: to change what a function returns."""

    def way(function):
        return lambda *args, **keywords: change(function(*args, **keywords))

    return way


def _hangs(_function):
    def plant(*_args, **_keywords):
        time.sleep(100_000)

    return plant


WAYS = {
    "raises": _raises,
    "hangs": _hangs,
    "None": _returning(lambda _: None),
    "object": _returning(lambda _: PlantedObject()),
    "mock": _returning(lambda _: mock.MagicMock(name="planted")),
    "subclass": _returning(lambda value: SUBCLASSES.get(type(value), type(value))(value)),
    "truthy": _returning(lambda value: PlantedInt(bool(value))),
    "takes-nothing": lambda function: lambda self: function(self),
}
_WRONG = ("missing", "raises", "None", "object", "mock")

METHODS = {
    **dict.fromkeys(
        ("get_obj", "get_lock", "acquire", "release", "__enter__", "__exit__", "__reduce__"),
        honest.SynchronizedBase,
    ),
    **dict.fromkeys(("__len__", "__getitem__", "__setitem__"), honest.SynchronizedArray),
}
ATTRIBUTES = {
    "value": honest.Synchronized,
    "string.value": honest.SynchronizedString,
    "string.raw": honest.SynchronizedString,
}
KEYWORDS = ("Value ctx", "Array ctx", "synchronized ctx", "Value lock", "Array lock")
FAULTS = (
    *(f"{thing} {way}" for thing in (*honest.SIX, *METHODS, *ATTRIBUTES) for way in _WRONG),
    *(f"lock.{name} {way}" for name in ("acquire", "release") for way in _WRONG[1:]),
    *(f"read {way}" for way in (*_WRONG[1:], "subclass")),
    *(f"without {keyword}" for keyword in KEYWORDS),
    "write raises",
    "reduce raises",
    "rebuild raises",
    "rebuild None",
    "without fields",
    "without strings",
    "acquire truthy",
    "acquire takes-nothing",
    "lock.acquire truthy",
    "lock.acquire takes-nothing",
)


class Lock(honest.LockProxy):
    """The lock of a backend in which the fault is in the lock."""


class Backend(honest.Backend):
    pass


def _without_keyword(name, keyword):
    function = getattr(Backend, name)

    def refuse(self, *args, **keywords):
        if keyword in keywords:
            raise TypeError(f"{name}() got an unexpected keyword argument {keyword!r}")
        return function(self, *args, **keywords)

    setattr(Backend, name, refuse)


def _plant(thing, way):
    """Plant a fault in a class, unless the thing is one of the six functions and missing."""
    owner, name = Backend, thing
    if thing in METHODS:
        owner = METHODS[thing]
    elif thing in ATTRIBUTES:
        owner, name = ATTRIBUTES[thing], thing.rpartition(".")[2]
    elif thing.startswith("lock."):
        owner, name = Lock, thing.removeprefix("lock.")
        Backend.lock = lambda self, lock: Lock(lock)
    if way == "missing":
        if owner is not Backend:
            delattr(owner, name)
        return
    plant, old = WAYS[way], getattr(owner, name)
    if thing in ATTRIBUTES:
        setattr(owner, name, property(plant(old.fget), old.fset))
    else:
        setattr(owner, name, plant(old))


_THING, _, _WAY = os.environ.get(VARIABLE, "").partition(" ")
if f"without {_WAY}" == "without fields":
    Backend.field = lambda self, name: property()
elif f"without {_WAY}" == "without strings":
    Backend.string_class = honest.SynchronizedArray
elif _THING == "without":
    _without_keyword(*_WAY.split())
elif _THING:
    _plant(_THING, _WAY)
honest.publish(Backend, globals())
if _WAY == "missing":
    globals().pop(_THING, None)
