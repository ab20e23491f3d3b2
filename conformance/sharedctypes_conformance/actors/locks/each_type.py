"""Accesses to objects of each simple type, under a spy: alone, in an array and in a structure.

A backend may treat some of them in a way of its own, by their size for example; or an object that
has been accessed often.
"""

from __future__ import annotations

import contextlib
import ctypes
import operator
import time
from array import array as array_of_the_module
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..runtime.marks import long_running
from .spies import SpyLock

# How often one object is accessed: more often than a byte can count, unless that takes too many
# seconds.
_TIMES, _LONGEST = 300, 0.3


@long_running
def unlike_one_use(
    value: Callable[..., Any], array: Callable[..., Any], types: Sequence[Any]
) -> list[tuple[str, str, list[str]]]:
    """Return the accesses that use the lock in another way than once, and how they use it.

    Each as code, and by what it does to any wrapper, as `getattr(wrapper.value)`.
    """
    return [
        (shown, kind, events)
        for type_ in types
        for shown, kind, events in _uses(value, array, type_)
        if events != ["acquire", "release"]
    ]


def _uses(
    value: Callable[..., Any], array: Callable[..., Any], type_: Any
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield accesses, each with what happens to the lock during it."""
    fields = [("field", type_), ("other", type_)]
    structure = type("Structure", (ctypes.Structure,), {"_fields_": fields})
    plain = (type_ * 3)()
    name = type_.__name__
    spy = SpyLock()
    objects = (
        (f"Value({name})", value(type_, lock=spy), _attribute("value", plain[0])),
        (f"Value(structure of {name})", value(structure, lock=spy), _attribute("field", plain[0])),
        (f"Array({name}, 3)", array(type_, 3, lock=spy), _item(-1, plain[0])),
        (f"Array({name}, 3)", array(type_, 3, lock=spy), _item(slice(2), plain[:2])),
        (f"Array({name}, 3)", array(type_, 3, lock=spy), [*_assignments(type_)]),
    )
    for made, wrapper, accesses in objects:
        for shown, kind, access in accesses:
            before = len(spy.events)
            access(wrapper)
            yield made + shown, kind, spy.events[before:]
            if type_ is ctypes.c_int:
                done, until = 0, time.monotonic() + _LONGEST
                while done < _TIMES and time.monotonic() < until:
                    del spy.events[:]
                    access(wrapper)
                    done += 1
                yield f"{made}{shown} no. {done}", kind, spy.events[:]


if TYPE_CHECKING:
    _Accesses = Sequence[tuple[str, str, Callable[[Any], object]]]


def _assignments(type_: Any) -> Iterator[tuple[str, str, Callable[[Any], object]]]:
    """Yield assignments by which values of other classes reach an array: those ctypes accepts."""
    items = (type_ * 2)()
    values = [tuple(items), items, array_of_the_module("b", [0, 0]), b"ab", bytearray(b"ab"), "ab"]
    for value in values:
        yield from _accepted(
            type_, f"[:2] = a {type(value).__name__}", "setitem(wrapper)", _putting(value)
        )
    if type_ is ctypes.c_char:
        for value in (b"ab", bytearray(b"ab"), memoryview(b"ab"), array_of_the_module("b", [1])):
            for name in ("raw", "value"):
                kind = f"setattr(wrapper.{name})"
                shown = f".{name} = a {type(value).__name__}"
                yield from _accepted(type_, shown, kind, partial(_set, name, value))


def _accepted(
    type_: Any, shown: str, kind: str, access: Callable[[Any], object]
) -> Iterator[tuple[str, str, Callable[[Any], object]]]:
    with contextlib.suppress(TypeError, ValueError):
        access((type_ * 3)())
        yield shown, kind, access


def _putting(value: Any) -> Callable[[Any], object]:
    return lambda obj: operator.setitem(obj, slice(2), value)


def _set(name: str, value: Any, obj: Any) -> None:
    setattr(obj, name, value)


def _attribute(name: str, new: Any) -> _Accesses:
    return (
        (f".{name}", f"getattr(wrapper.{name})", lambda obj: getattr(obj, name)),
        (f".{name} = {new!r}", f"setattr(wrapper.{name})", lambda obj: setattr(obj, name, new)),
    )


def _item(index: Any, new: Any) -> _Accesses:
    return (
        (f"[{index}]", "getitem(wrapper)", lambda obj: obj[index]),
        (f"[{index}] = {new!r}", "setitem(wrapper)", lambda obj: obj.__setitem__(index, new)),
    )
