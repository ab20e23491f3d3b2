"""Tables of arrays, and accesses to their items and slices.

    accessed(table, accesses)    arrays of a table, each with items for all of it and accesses

An example is read from one string of decisions, because each draw from hypothesis costs time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors.objects import initializers
from ..actors.runtime import parts
from ..actors.runtime.type_names import array
from ..oracle.typecodes import TYPECODES
from ..stage.descriptions import Description
from ..stage.names import CType, Name, name_of
from . import members, objects, values
from .accesses import Access, get_item, set_item
from .decisions import Decisions, read_from

MAKERS = st.sampled_from(["RawArray", "Array"])

NUMBERS = ("c_bool", *values.INTEGERS, *values.FLOATS)

# The typecode of each type.
CODES = {name: code for code, name in TYPECODES.items()}

# Functions that make a sequence of a list.
BY_PROTOCOL = (
    name_of(initializers.BySubscript),
    name_of(initializers.Abstract),
    name_of(initializers.ListSubclass),
    Name("collections.UserList"),
    Name("collections.deque"),
)

# Tables.

_LENGTHS = (5, 1, 8, 2, 3)


def _table(maker: str, names: tuple[str, ...]) -> tuple[Description, ...]:
    return tuple(
        Description(maker, CType(name), (_LENGTHS[place % 5],)) for place, name in enumerate(names)
    )


OF_NUMBERS = _table("RawArray", NUMBERS) + _table("Array", NUMBERS)
OF_NUMBERS_AND_STRUCTURES = OF_NUMBERS + _table("RawArray", objects.STRUCTURES)
OF_SIMPLE_ITEMS = _table("RawArray", values.SIMPLE_TYPES) + _table("Array", values.SIMPLE_TYPES)


def item_type(description: Description) -> str:
    """Return the name of the type of an array's items."""
    return objects.ctype_of(description)


def whole_type(description: Description) -> CType:
    """Return the type that the array of a table has in ctypes."""
    return CType(array(members.length_of(description), item_type(description)))


# Arrays with accesses.

Accessed = list[tuple[Description, list[Access]]]
Reader = Callable[[Decisions, str, int], Access]

_MOST_ARRAYS = 4
_MOST_ACCESSES = 6
_BYTES = 360


def accessed(table: Sequence[Description], read: Reader) -> SearchStrategy[Accessed]:
    """Return arrays of a table with a few accesses to each, which `read` reads.

    The first assigns all items, and in the end the array is read as a whole. `read` is given the
    decisions, the name of the type of the items and the length.
    """

    def read_one(decisions: Decisions) -> tuple[Description, list[Access]]:
        one = decisions.one_of(table)
        name, length = item_type(one), members.length_of(one)
        some = [item(decisions, name) for _ in range(3)]
        fill = set_item(slice(None), (some * length)[:length])
        count = decisions.one_of(range(1, _MOST_ACCESSES + 1))
        accesses = [read(decisions, name, length) for _ in range(count)]
        return one, [fill, *accesses, *members.final_reads(one)]

    def read_all(decisions: Decisions) -> Accessed:
        return [read_one(decisions) for _ in range(decisions.one_of(range(1, _MOST_ARRAYS + 1)))]

    return read_from(read_all, _BYTES)


def items(decisions: Decisions, name: str, length: int) -> Access:
    """Read an access to an item, in range or out of it."""
    near = range(-length - 2, length + 2)
    index = decisions.one_of([*near, *near, *_FAR, True, None, 1.5, "0"])
    if decisions.one_of([True, False]):
        return get_item(index)
    fits = decisions.one_of([True, True, False])
    return set_item(index, item(decisions, name) if fits else decisions.one_of(_MISFITS))


def slices(decisions: Decisions, name: str, length: int) -> Access:
    """Read an access to a slice; an assignment is of as many items as it takes."""
    if decisions.one_of([True, False]):
        return get_item(_slice(decisions, length))
    return _assignment(decisions, name, length, 0)


def misfitting_slices(decisions: Decisions, name: str, length: int) -> Access:
    """Read an assignment to a slice: too few items, too many, or what is no sequence."""
    if decisions.one_of([True, True, False]):
        return _assignment(decisions, name, length, decisions.one_of([1, -1, 2]))
    return set_item(_slice(decisions, length), decisions.one_of([None, 1, 1.5, {}]))


def slices_from_sequences(decisions: Decisions, name: str, length: int) -> Access:
    """Read an assignment of numbers to a slice, from a sequence of any sort."""
    part = _slice(decisions, length, _STEPS[1:])
    first = decisions.one_of(range(100))
    numbers = range(first, first + len(range(*part.indices(length))))
    sort = decisions.one_of(_SORTS)
    if sort in ("range", "bytes", "bytearray"):
        plain = {"range": numbers, "bytes": bytes(numbers), "bytearray": bytearray(numbers)}
        return set_item(part, plain[sort])
    if sort == "memoryview":
        return _from(part, Name("builtins.memoryview"), bytes(numbers))
    if sort == "array.array":
        return _from(part, Name("array.array"), CODES.get(name, "b"), list(numbers))
    if sort == "ctypes":
        return _from(part, CType(array(len(numbers), name)), *numbers)
    return _from(part, name_of(sort), list(numbers))


def uses_as_a_sequence(decisions: Decisions, name: str, _length: int) -> Access:
    """Read an operation on a sequence as a whole."""
    function = decisions.one_of(_WHOLE)
    sought = (item(decisions, name),) if function in _SEARCHES else ()
    return Access(function, sought)


def refused_items(decisions: Decisions, name: str, length: int) -> Access:
    """Read an assignment of items, alone or in a slice, most of which are refused."""
    if decisions.one_of([True, False]):
        return set_item(decisions.one_of(range(-length, length)), decisions.one_of(_MISFITS))
    valid = decisions.one_of(range(length))
    some = [item(decisions, name) for _ in range(valid)]
    return set_item(slice(None), some + [decisions.one_of(_MISFITS)] * (length - valid))


_SORTS: tuple[Name | str, ...] = (
    "range",
    "bytes",
    "bytearray",
    "memoryview",
    "array.array",
    "ctypes",
    *BY_PROTOCOL,
)

_SEARCHES = ("operator.contains", "operator.countOf", "operator.indexOf")
_BUILTINS = ("len", "list", "tuple", "sum", "max", "min", "sorted", "any", "all")
_WHOLE: tuple[Callable[..., Any] | str, ...] = (
    *(f"builtins.{name}" for name in _BUILTINS),
    parts.iterated,
    parts.backwards,
    initializers.unpacked,
    *_SEARCHES,
)

_FAR = (2**31, -(2**31) - 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**70)
_STEPS = (0, None, None, 1, 2, 3, -1, -1, -2, -3, 2**63, -(2**63))

# Refused by most types, each for a reason of its own.
_MISFITS: tuple[Any, ...] = (
    *(None, "", "x", b"", b"ab", 1.5, 2**70, 1j, slice(2)),
    *([], (), (1, 2), ("x",), (1, 2, 3, 4, 5), {}),
)


def _slice(decisions: Decisions, length: int, steps: Sequence[int | None] = _STEPS) -> slice:
    bounds = [None, None, *range(-length - 2, length + 3), *_FAR]
    return slice(decisions.one_of(bounds), decisions.one_of(bounds), decisions.one_of(steps))


def _assignment(decisions: Decisions, name: str, length: int, surplus: int) -> Access:
    part = _slice(decisions, length)
    some = [item(decisions, name) for _ in range(decisions.one_of([1, 2, 3]))]
    kind = decisions.one_of([list, tuple])
    return set_item(part, kind(members.sequences_for(part, length, some, surplus)))


def _from(part: slice, make: Name | CType, *args: Any) -> Access:
    return Access(initializers.assign_from, (part, make, *args))


# Items.

_TRUTHS = (False, True, 0, 1, 7, 256, "", "no", None, 0.0)


def item(decisions: Decisions, name: str) -> Any:
    """Read a value that an item of a type takes: a number, or a tuple for a structure."""
    if name in values.INTEGERS:
        chosen = decisions.one_of(values.LIMITS)
        return chosen if decisions.one_of([True, False]) else _any_integer(decisions)
    if name in values.FLOATS:
        telling = decisions.one_of(values.TELLING_FLOATS)
        return telling if decisions.one_of([True, False]) else _any_float(decisions)
    if name == "c_bool":
        return decisions.one_of(_TRUTHS)
    if name == "c_char":
        return decisions.bytes(1)
    return tuple(item(decisions, field) for field in objects.FIELDS[name].values())


def _any_integer(decisions: Decisions) -> int:
    return int.from_bytes(decisions.bytes(decisions.one_of(range(1, 10))), "big", signed=True)


def _any_float(decisions: Decisions) -> float:
    number: float = struct.unpack(">d", decisions.bytes(8))[0]
    return number
