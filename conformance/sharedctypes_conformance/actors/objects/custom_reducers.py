"""ctypes types that define their own `__init__`, their own pickling, or their own byte order.

What a program defines for ordinary instances of a type, which cross as copies, must not apply to an
object that is shared. `place_of` says of any type where another process finds it, and `find` finds
it there.
"""

from __future__ import annotations

import copyreg
import ctypes
import importlib
import sys
from typing import Any

from ..runtime import type_names


class _Pair(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int)]


class Reinitialized(_Pair):
    """Its `__init__` takes something other than fields, and shows how often it has run."""

    def __init__(self, text: str = "") -> None:
        super().__init__(self.x + 1 + len(text), self.y - 1)


class NeedsArguments(_Pair):
    """Its `__init__` requires an argument that is none of its fields."""

    def __init__(self, text: str) -> None:
        super().__init__(len(text))


def _copy(pair: Any) -> tuple[Any, ...]:
    return _of_bytes, (type(pair), bytes(pair))


def _of_bytes(type_: Any, data: bytes) -> Any:
    return type_.from_buffer_copy(data)


class Reduced(_Pair):
    """Its `__reduce__` makes a copy."""

    __reduce__ = _copy


class ReducedEx(_Pair):
    """Its `__reduce_ex__` makes a copy."""

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return _copy(self)


class WithState(_Pair):
    """It has a state of its own, from which a new instance is set."""

    def __getstate__(self) -> tuple[int, int]:
        return self.x, self.y

    def __setstate__(self, state: tuple[int, int]) -> None:
        self.x, self.y = state


class CopyRegistered(_Pair):
    """`copyreg` knows a reducer for it, which makes a copy: see `register`."""


class NumberRegistered(ctypes.c_int):
    """A simple type for which `copyreg` knows one."""


class PicklerRegistered(_Pair):
    """The pickler of the backend's package knows one for it: see `register`."""


_registered: set[str] = set()


def register(contexts: str) -> None:
    """Register reducers: with `copyreg`, and with the pickler of the package `contexts`.

    Once, before the first object of these types is made, as programs do.
    """
    if contexts in _registered:
        return
    _registered.add(contexts)
    copyreg.pickle(CopyRegistered, _copy)
    copyreg.pickle(NumberRegistered, _copy)
    try:
        reduction = importlib.import_module(f"{contexts}.reduction")
    except ImportError:
        reduction = importlib.import_module("multiprocessing.reduction")
    reduction.ForkingPickler.register(PicklerRegistered, _copy)


# Simple types of the byte order that this machine does not have. ctypes makes them, and gives them
# the names of the others.
_OTHER = "__ctype_be__" if sys.byteorder == "little" else "__ctype_le__"


def in_other_order(simple: Any) -> Any:
    """Return the simple type whose bytes are in the order that is not this machine's."""
    return getattr(simple, _OTHER)


# By these names `place_of` finds them, here and in other processes.
OtherInt = in_other_order(ctypes.c_int)
OtherDouble = in_other_order(ctypes.c_double)


def place_of(type_: Any) -> tuple[str, tuple[int, ...]]:
    """Return where another process finds a type; the name is empty if it does not.

    That is the name of a type, here or in `type_names`, and the lengths of the arrays around it.
    """
    lengths: list[int] = []
    inner = type_
    while issubclass(inner, ctypes.Array):
        lengths.insert(0, inner._length_)
        inner = inner._type_
    names = [name for name, known in globals().items() if known is inner]
    place = (names[0] if names else type_names.name_of(inner), tuple(lengths))
    try:
        found = find(place)
    except AttributeError:
        found = None
    return place if found is type_ else ("", ())


def find(place: tuple[str, tuple[int, ...]]) -> Any:
    """Return the type in a place; raises AttributeError if there is none."""
    name, lengths = place
    type_ = globals()[name] if name in globals() else type_names.named(name)
    for length in lengths:
        type_ = type_ * length
    return type_
