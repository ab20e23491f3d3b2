"""Accesses to the members of objects, with indices, slices and values at and beyond the limits.

For each kind of object there is a strategy of one access; `on_each` makes sequences of them on the
objects of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors.runtime import parts
from ..actors.runtime.type_names import array, structure
from ..stage.descriptions import Description
from ..stage.names import CType
from . import objects, values
from .accesses import Access, get_attribute, get_item, set_attribute, set_item

Accesses = SearchStrategy[Access]

# An object, what its raw object is filled with before, and what is done to it.
Case = tuple[Description, Access | None, list[Access]]


def on_each(
    table: Mapping[Description, Accesses], most: int = 7, at_once: int = 4
) -> SearchStrategy[list[Case]]:
    """Return objects of a table with a few accesses to each, done one after the other.

    An array is filled before.
    """
    cases = [
        st.tuples(
            st.just(one),
            filling(one) if one.maker == "Array" else st.none(),
            st.lists(accesses, min_size=1, max_size=most),
        )
        for one, accesses in table.items()
    ]
    # Several at a time, because hypothesis's own overhead is paid for each example.
    return st.lists(st.one_of(cases), min_size=1, max_size=at_once)


def filling(description: Description) -> Accesses:
    """Return assignments to all items of an array, so that each can be recognized."""
    length, marks = length_of(description), _marks(objects.ctype_of(description))
    return st.sampled_from(
        [
            set_item(slice(None), [marks[(turn + place) % len(marks)] for place in range(length)])
            for turn in range(len(marks))
        ]
    )


# Each draw from hypothesis costs time. So what is finite is one draw from a table, and a value is
# mapped rather than drawn beside what it belongs to: nested `one_of`s are one choice.


def reading_and_assigning(name: str, assigned: SearchStrategy[Any]) -> Accesses:
    """Return reads of an attribute and assignments to it."""
    return st.one_of(st.just(get_attribute(name)), assigned.map(partial(set_attribute, name)))


# Items and slices.

_FAR = (2**31, -(2**31) - 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**70)


def indices(length: int) -> SearchStrategy[Any]:
    """Return indices of every sign, in and out of range, and some values that are no indices."""
    return st.sampled_from(_indices(length))


def _indices(length: int) -> list[Any]:
    near = range(-length - 2, length + 2)
    return [*near, *near, *_FAR, True, None, 1.5, "0"]


def slices(length: int) -> SearchStrategy[slice]:
    """Return slices of every sign and step, in and out of range."""
    bound = st.sampled_from([None, None, *range(-length - 2, length + 3), *_FAR])
    step = st.sampled_from([None, 1, 2, 3, -1, -2, -3, 0, length, -length, 2**63])
    return st.builds(slice, bound, bound, step)


def sequences_for(part: slice, length: int, items: list[Any], surplus: int) -> list[Any]:
    """Return as many of `items` as a slice takes, over and over, and `surplus` more."""
    count = len(range(*part.indices(length))) if part.step != 0 else 2
    return (items * (count + 2))[: max(0, count + surplus)]


def item_accesses(length: int, item: SearchStrategy[Any]) -> Accesses:
    """Return reads and assignments of items."""
    return st.one_of(
        st.sampled_from([get_item(index) for index in _indices(length)]),
        st.tuples(indices(length), item).map(lambda drawn: set_item(*drawn)),
    )


def slice_accesses(length: int, item: SearchStrategy[Any]) -> Accesses:
    """Return reads and assignments of slices, most of them of as many items as they take."""

    def assignment(part: slice, items: list[Any], surplus: int, kind: type) -> Access:
        return set_item(part, kind(sequences_for(part, length, items, surplus)))

    return st.one_of(
        st.builds(get_item, slices(length)),
        st.builds(
            assignment,
            slices(length),
            st.lists(item, min_size=1, max_size=3),
            st.sampled_from([0, 0, 0, 0, 1, -1]),
            st.sampled_from([list, list, tuple]),
        ),
    )


def sequence_accesses(item: SearchStrategy[Any]) -> Accesses:
    """Return operations on a sequence as a whole."""
    return st.one_of(
        st.sampled_from(
            [
                Access("builtins.len", ()),
                Access(parts.iterated, ()),
                Access(parts.backwards, ()),
            ]
        ),
        item.map(lambda sought: Access("operator.contains", (sought,))),
    )


# What the elements and fields of the types in the tables take.


def assignable(name: str) -> SearchStrategy[Any]:
    """Return values for an element or field of a type, some of them refused."""
    if name in values.SIMPLE_TYPES:
        return values.any_for(name)
    return st.one_of(_fitting(name), _fitting(name), values.misfits)


def fitting(name: str) -> SearchStrategy[Any]:
    """Return values that an element or field of a type takes."""
    return values.fitting(name) if name in values.SIMPLE_TYPES else _fitting(name)


def _fitting(name: str) -> SearchStrategy[Any]:
    if name in _OTHERS:
        return _OTHERS[name]
    # A tuple sets the fields that it has values for, the first ones.
    return st.tuples(*map(values.fitting, objects.FIELDS[name].values()))


_OTHERS: dict[str, SearchStrategy[Any]] = {
    array(8, "c_char"): st.binary(max_size=9),
    array(4, "c_wchar"): st.lists(values.wide_characters, max_size=5).map("".join),
    array(8, "c_ubyte"): st.lists(values.integers, max_size=8).map(tuple),
    array(3, "c_int"): st.lists(values.integers, max_size=3).map(tuple),
}

# Items of which each can be recognized.
_MARKS: dict[str, tuple[Any, ...]] = {
    "c_bool": (True, False, True),
    "c_char": (b"A", b"z", b"\0", b"\xff"),
    "c_wchar": ("A", "\u20ac", "\0", "\U0001f600"),
    **dict.fromkeys(values.INTEGERS, (1, 2, -1, 127, 0, 2**15, 2**31 - 1, 2**63)),
    **dict.fromkeys(values.FLOATS, (0.5, -2.0, 1 / 3, -0.0, float("inf"), 2.0**53)),
}


def _marks(name: str) -> tuple[Any, ...]:
    if name in _MARKS:
        return _MARKS[name]
    fields = [_MARKS[kind] for kind in objects.FIELDS[name].values()]
    return tuple(tuple(marks[turn % len(marks)] for marks in fields) for turn in range(5))


SIGNED_BITS = structure(("a", "c_int", 3), ("b", "c_int", 20), ("c", "c_longlong", 40))

# All fields of each structure.
FIELDS: dict[str, dict[str, str]] = {
    **objects.FIELDS,
    objects.NUMBER: {"i": "c_int", "f": "c_float", "b": array(8, "c_ubyte")},
    objects.NESTED: {"id": "c_short", "at": objects.POINT, "tail": array(3, "c_int")},
    objects.TEXT: {"name": array(8, "c_char"), "wide": array(4, "c_wchar")},
    SIGNED_BITS: {"a": "c_int", "b": "c_int", "c": "c_longlong"},
}


def field_accesses(fields: Mapping[str, str]) -> Accesses:
    """Return reads and assignments of fields."""
    return st.one_of(
        [reading_and_assigning(name, assignable(kind)) for name, kind in fields.items()]
    )


_TEXTS = st.one_of(
    st.sampled_from([b"", b"a", b"ab", b"\0", b"ab\0c", b"\0xyz", b"hello"]),
    st.binary(max_size=13),
    values.misfits,
)

string_accesses = st.one_of(
    [reading_and_assigning(name, _TEXTS) for name in ("value", "raw")],
)


# Objects of which the members are accessed, as one table: one child can inherit all of them. There
# is no array of arrays: the standard library cannot give one to a spawned child.

ARRAYS = (*objects.ARRAYS, *objects.STRINGS, *objects.STRUCTURE_ARRAYS)
WITH_FIELDS = (*objects.STRUCTURE_VALUES, Description("Value", CType(SIGNED_BITS)))
ALL = (*objects.VALUES, *ARRAYS, *WITH_FIELDS)


def final_reads(description: Description) -> list[Access]:
    """Return reads of all fields of an object, or of some items and slices of an array."""
    ctype = objects.ctype_of(description)
    if description.maker == "Value":
        names = ("value",) if ctype in values.SIMPLE_TYPES else tuple(FIELDS.get(ctype, ()))
        return [get_attribute(name) for name in names]
    reads = [get_item(-1), get_item(slice(None)), get_item(slice(None, None, -2))]
    if ctype == "c_char":
        reads += [get_attribute("value"), get_attribute("raw")]
    return reads


def length_of(description: Description) -> int:
    """Return the number of elements of an array of a table."""
    (init,) = description.args
    return init if isinstance(init, int) else len(init)
