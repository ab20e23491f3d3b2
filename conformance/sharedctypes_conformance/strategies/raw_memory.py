"""Raw objects, and what is done to them as memory: through buffers, pointers and functions of C.

All but a few of these accesses are the same for objects of every type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors import buffers, pointers
from ..stage.handles import CType
from ..stage.pool import Description
from . import objects, shapes, values
from .accesses import Access
from .decisions import Decisions, read_from
from .members import TOOLBOX, Accesses

BUFFERS = "sharedctypes_actors.buffers."
POINTERS = "sharedctypes_actors.pointers."

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
    Description("RawArray", CType(name), (place % 3 + 1,))
    for place, name in enumerate(objects.STRUCTURES)
)
OBJECTS = (*STRINGS, *VALUES, *ARRAYS, *STRUCTURES, *STRUCTURE_ARRAYS)

_MOST = 12


READ_MEMBERS = Access(TOOLBOX + "values_in", ())

Several = SearchStrategy[list[Access]]


def _some(accesses: Accesses) -> Several:
    return st.lists(accesses, min_size=1, max_size=4)


# One draw for each access: hypothesis takes its time for every one.


def _places_and_data(function: str, ways: Iterable[str]) -> Several:
    """Return calls of a function with one of several ways, a place in the object, and bytes."""
    options = list(ways)

    def read(decisions: Decisions) -> Access:
        how, place = decisions.one_of(options), decisions.one_of(range(25))
        return Access(function, (how, place, _data(decisions)))

    return _some(read_from(read, _MOST + 3))


def _data(decisions: Decisions) -> bytes:
    return decisions.bytes(decisions.one_of(range(_MOST + 1)))


def _as_another_type(function: str) -> Several:
    """Return calls of a function with a type, an offset that may be past the end, and bytes."""

    def read(decisions: Decisions) -> Access:
        sorts = decisions.one_of([(shapes.SIMPLE_TYPES,), (shapes.TYPES,)])
        offset = decisions.one_of([0, 0, 0, 1, 2, 4, 7, 8, 16, -1, 100])
        data = _data(decisions)
        return Access(function, (CType(shapes.read_name(decisions, sorts)), offset, data))

    return _some(read_from(read, shapes.DECISIONS + _MOST + 3))


describing = st.just([Access(BUFFERS + "described", ())])
reading = st.just([Access(BUFFERS + "read", (how,)) for how in buffers.READINGS])
writing = _places_and_data(BUFFERS + "write", buffers.WRITINGS)
aliasing = _as_another_type(BUFFERS + "from_buffer")
copying = _as_another_type(BUFFERS + "from_buffer_copy")
pointing = _places_and_data(POINTERS + "write", pointers.POINTINGS)
using = _places_and_data(POINTERS + "use", pointers.FUNCTIONS)

_ANY_DATA = read_from(_data, _MOST + 1)


def given_to_c(one: Description) -> Several:
    """Return calls of functions of the C library that take an object."""
    given = [
        _ANY_DATA.map(lambda data: _c("copied_in", data)),
        _ANY_DATA.map(lambda data: _c("equals", data)),
        st.just(_c("copied_out")),
    ]
    ctype = objects.ctype_of(one)
    if one in STRINGS:
        given.append(st.just(_c("length")))
    if one.maker == "RawArray":
        given.append(st.just(_c("sort")))
    elif ctype == "c_double":
        given.append(values.floats.map(lambda number: _c("whole_part", number)))
    elif ctype == "c_long":
        given += [st.just(_c("date")), st.just(_c("absolute"))]
    elif ctype == "c_int":
        given.append(st.just(_c("absolute")))
    return _some(st.one_of(given))


def _c(function: str, *args: Any) -> Access:
    return Access(POINTERS + function, args)


@dataclass(frozen=True)
class Case:
    """An object, and accesses to it."""

    object: Description
    accesses: list[Access]


def inherited(accesses: Several | dict[Description, Several]) -> SearchStrategy[list[Case]]:
    """Return cases of some of `OBJECTS`, which a child can inherit."""
    table = accesses if isinstance(accesses, dict) else dict.fromkeys(OBJECTS, accesses)
    cases = [st.builds(Case, st.just(one), several) for one, several in table.items()]
    return st.lists(st.one_of(cases), min_size=1, max_size=4)


def generated(accesses: Several) -> SearchStrategy[Case]:
    """Return cases of objects whose types are generated."""
    made = shapes.names(shapes.TYPES, shapes.ARRAYS)
    return st.builds(Case, made.map(lambda name: Description("RawValue", CType(name))), accesses)
