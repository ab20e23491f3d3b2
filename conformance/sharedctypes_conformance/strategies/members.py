"""Accesses to the members of objects, with indices, slices and values at and beyond the limits.

For each kind of object there is a strategy of one access; `on_each` makes sequences of them on the
objects of a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors.shapes import array, structure
from ..stage.handles import CType
from ..stage.pool import Description
from . import objects, values
from .accesses import Access, get_attribute, get_item, set_attribute, set_item

TOOLBOX = "sharedctypes_actors.toolbox."

Accesses = SearchStrategy[Access]


def on_each(
    table: Mapping[Description, Accesses], most: int = 7, at_once: int = 4
) -> SearchStrategy[list[tuple[Description, list[Access]]]]:
    """Return objects of a table with a few accesses to each, done one after the other."""
    return _several(
        [
            st.tuples(st.just(one), st.lists(accesses, min_size=1, max_size=most))
            for one, accesses in table.items()
        ],
        at_once,
    )


def on_filled(
    table: Mapping[Description, Accesses],
) -> SearchStrategy[list[tuple[Description, Access, list[Access]]]]:
    """Return arrays, each with an assignment of all its items and a few accesses to follow it."""
    return _several(
        [
            st.tuples(
                st.just(one),
                whole(length_of(one), fitting(objects.ctype_of(one))),
                st.lists(accesses, min_size=1, max_size=7),
            )
            for one, accesses in table.items()
        ]
    )


def _several(choices: Sequence[SearchStrategy[Any]], most: int = 4) -> SearchStrategy[list[Any]]:
    # Several a time, because it is the number of examples that hypothesis's own work is paid for.
    return st.lists(st.one_of(choices), min_size=1, max_size=most)


def reading_and_assigning(name: str, assigned: SearchStrategy[Any]) -> Accesses:
    """Return the reading of an attribute, or its assignment."""
    return st.one_of(
        st.just(get_attribute(name)), st.builds(set_attribute, st.just(name), assigned)
    )


# Items and slices.

_FAR = (2**31, -(2**31) - 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**70)


def indices(length: int) -> SearchStrategy[Any]:
    """Return indices of every sign, in and out of range, and some that are none."""
    near = range(-length - 2, length + 2)
    return st.sampled_from([*near, *near, *_FAR, True, None, 1.5, "0"])


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
    """Return readings and assignments of items."""
    index = indices(length)
    return st.one_of(st.builds(get_item, index), st.builds(set_item, index, item))


def slice_accesses(length: int, item: SearchStrategy[Any]) -> Accesses:
    """Return readings and assignments of slices, most of them of as many items as they take."""

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


def whole(length: int, item: SearchStrategy[Any]) -> Accesses:
    """Return assignments to all items at once, of a few values over and over."""
    items = st.lists(item, min_size=3, max_size=3)
    return items.map(lambda some: set_item(slice(None), (some * length)[:length]))


def sequence_accesses(item: SearchStrategy[Any]) -> Accesses:
    """Return what is done to a sequence as a whole."""
    return st.one_of(
        st.sampled_from(
            [
                Access("builtins.len", ()),
                Access(TOOLBOX + "iterated", ()),
                Access(TOOLBOX + "backwards", ()),
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
    """Return readings and assignments of fields."""
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
    """Return readings of all fields of an object, or of telling items and slices of an array."""
    ctype = objects.ctype_of(description)
    if description.maker == "Value":
        return [get_attribute(name) for name in FIELDS.get(ctype, ("value",))]
    reads = [get_item(-1), get_item(slice(None)), get_item(slice(None, None, -2))]
    if ctype == "c_char":
        reads += [get_attribute("value"), get_attribute("raw")]
    return reads


def length_of(description: Description) -> int:
    """Return the number of elements of an array of a table."""
    (init,) = description.args
    return init if isinstance(init, int) else len(init)
