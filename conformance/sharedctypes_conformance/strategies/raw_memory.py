"""Raw objects, and accesses to their memory through buffers, pointers and C functions.

All but a few of these accesses are the same for objects of every type.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import SearchStrategy

from ..actors.objects import buffers, pointers
from ..actors.runtime import memory
from ..actors.runtime.type_names import array
from ..stage.descriptions import Description
from ..stage.names import CType, Remote
from . import objects, values
from . import type_names as shapes
from .accesses import Access
from .decisions import Decisions, read_from

# Something that is not zero, for each type.
_INITIAL: dict[str, Any] = {
    **dict.fromkeys(values.INTEGERS, 0x1122334455667788),
    **dict.fromkeys(values.FLOATS, 1.5),
    "c_bool": True,
    "c_char": b"x",
    "c_wchar": "\xe9",
}
_LENGTHS = (3, 1, 8, 2)

STRINGS = tuple(
    Description("RawArray", CType("c_char"), (init,))
    for init in (b"hello world", b"a\0b", b"x", b"", 6)
)
VALUES = tuple(
    Description("RawValue", CType(name), (_INITIAL[name],)) for name in values.SIMPLE_TYPES
)
ARRAYS = tuple(
    Description("RawArray", CType(name), ((_INITIAL[name],) * _LENGTHS[place % 4],))
    for place, name in enumerate(values.SIMPLE_TYPES)
    if name != "c_char"
)
STRUCTURES = tuple(
    Description("RawValue", CType(name), tuple(_INITIAL[kind] for kind in fields.values()))
    for name, fields in objects.FIELDS.items()
    if name not in (objects.ANONYMOUS, objects.DERIVED)
)
STRUCTURE_ARRAYS = tuple(
    Description("RawArray", CType(name), (length,))
    for name, length in ((objects.MIXED, 2), (objects.PACKED, 3), (objects.NESTED, 1))
)
OBJECTS = (*STRINGS, *VALUES, *ARRAYS, *STRUCTURES, *STRUCTURE_ARRAYS)

READ_MEMBERS = Access(memory.values_in, ())

# Each draw from hypothesis costs time, so an example is one string of decisions.

_MOST_DATA = 12
_MOST_ACCESSES = 3
_MOST_OBJECTS = 3


@dataclass(frozen=True)
class AccessKind:
    """A kind of access: what reads such accesses, and how many decisions each takes."""

    read: Callable[[Decisions, Description], list[Access]]
    decisions: int


def _some(read: Callable[[Decisions, Description], Access], decisions: int) -> AccessKind:
    """Return a kind of which a few accesses are read at a time."""

    def read_some(drawn: Decisions, one: Description) -> list[Access]:
        return [read(drawn, one) for _ in range(drawn.one_of(range(1, _MOST_ACCESSES + 1)))]

    return AccessKind(read_some, decisions)


def _places_and_data(function: Remote, modes: Iterable[str]) -> AccessKind:
    """Return calls of a function with one of several modes, a place in the object, and bytes."""
    options = list(modes)

    def read(drawn: Decisions, _one: Description) -> Access:
        how, place = drawn.one_of(options), drawn.one_of(range(25))
        return Access(function, (how, place, _data(drawn)))

    return _some(read, _MOST_DATA + 3)


def _data(drawn: Decisions) -> bytes:
    return drawn.bytes(drawn.one_of(range(_MOST_DATA + 1)))


# Types of all sizes, to view memory as.
_OTHER_TYPES = (
    *shapes.SIMPLE,
    *objects.FIELDS,
    *(array(length, name) for length in (0, 1, 3, 8) for name in ("c_ubyte", "c_int", "c_double")),
    *(array(2, name) for name in objects.STRUCTURES),
    array(2, array(3, "c_short")),
)


def _as_another_type(function: Remote) -> AccessKind:
    """Return calls of a function with a type, an offset that may be past the end, and bytes."""

    def read(drawn: Decisions, _one: Description) -> Access:
        kind = CType(drawn.one_of(_OTHER_TYPES))
        offset = drawn.one_of([0, 0, 0, 1, 2, 4, 7, 8, 16, -1, 100])
        return Access(function, (kind, offset, _data(drawn)))

    return _some(read, _MOST_DATA + 3)


def _read_given_to_c(drawn: Decisions, one: Description) -> Access:
    """Return a call of a function of the C library that takes an object."""
    ctype = objects.ctype_of(one)
    functions: list[Callable[..., Any]] = [
        pointers.copied_in,
        pointers.copied_out,
        pointers.equals,
    ]
    if one in STRINGS:
        functions.append(pointers.length)
    if one.maker == "RawArray":
        functions.append(pointers.sort)
    elif ctype == "c_double":
        functions.append(pointers.whole_part)
    elif ctype == "c_long":
        functions += [pointers.date, pointers.absolute]
    elif ctype == "c_int":
        functions.append(pointers.absolute)
    function = drawn.one_of(functions)
    if function in (pointers.copied_in, pointers.equals):
        return Access(function, (_data(drawn),))
    if function is pointers.whole_part:
        return Access(function, struct.unpack("d", drawn.bytes(8)))
    return Access(function, ())


DESCRIBING = AccessKind(lambda _drawn, _one: [Access(buffers.described, ())], 0)
READING = AccessKind(
    lambda _drawn, _one: [Access(buffers.read, (how,)) for how in buffers.READINGS], 0
)
WRITING = _places_and_data(buffers.write, buffers.WRITINGS)
ALIASING = _as_another_type(buffers.from_buffer)
COPYING = _as_another_type(buffers.from_buffer_copy)
POINTING = _places_and_data(pointers.write, pointers.POINTINGS)
USING = _places_and_data(pointers.use, pointers.FUNCTIONS)
GIVING_TO_C = _some(_read_given_to_c, _MOST_DATA + 2)


@dataclass(frozen=True)
class Case:
    """An object, and accesses to it."""

    object: Description
    accesses: list[Access]


def inherited(kind: AccessKind) -> SearchStrategy[list[Case]]:
    """Return cases of some of `OBJECTS`, which a child can inherit."""

    def read(drawn: Decisions) -> list[Case]:
        chosen = [drawn.one_of(OBJECTS) for _ in range(drawn.one_of(range(1, _MOST_OBJECTS + 1)))]
        return [Case(one, kind.read(drawn, one)) for one in chosen]

    return read_from(read, 1 + _MOST_OBJECTS * (2 + _MOST_ACCESSES * kind.decisions))


def generated(kind: AccessKind) -> SearchStrategy[Case]:
    """Return cases of objects whose types are generated."""

    def read(drawn: Decisions) -> Case:
        name = shapes.read_name(drawn, (shapes.TYPES, shapes.ARRAYS))
        one = Description("RawValue", CType(name))
        return Case(one, kind.read(drawn, one))

    return read_from(read, shapes.DECISIONS + 2 + _MOST_ACCESSES * kind.decisions)
