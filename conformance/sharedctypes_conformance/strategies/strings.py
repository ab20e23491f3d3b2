"""Shared arrays of c_char and c_wchar of many lengths, constructed in every way, and their texts.

A quarter of the bytes drawn are NULs, because the first one ends a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors.objects import char_arrays
from ..actors.runtime import parts
from ..actors.runtime import type_names as shapes
from ..stage.descriptions import Description
from ..stage.names import CType
from .accesses import Access
from .values import wide_characters

LENGTHS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 31, 64, 255)

# Objects.


def _raw(code: str, ctype: str, length: int) -> list[Description]:
    kind, whole = CType(ctype), CType(shapes.array(length, ctype))
    return [
        Description("RawArray", code, (length,)),
        Description("Array", kind, (length,), lock=False),
        Description("RawValue", whole),
        Description("RawArray", kind, (length,)),
        Description("Value", whole, lock=False),
    ]


def _wrapped(code: str, ctype: str, length: int) -> list[Description]:
    kind, whole = CType(ctype), CType(shapes.array(length, ctype))
    return [
        Description("Array", code, (length,)),
        Description("Value", whole, lock="RLock"),
        Description("Array", kind, (length,), lock="Lock"),
        Description("Value", whole),
        Description("Array", code, (length,), lock="RLock"),
        Description("Array", kind, (length,)),
        Description("Value", whole, lock="Lock"),
    ]


def _of_each_length(code: str, ctype: str) -> tuple[Description, ...]:
    """Return a raw object and a wrapper of each length, by each construction in turn."""
    return tuple(
        constructions[place % len(constructions)]
        for place, length in enumerate(LENGTHS)
        for constructions in (_raw(code, ctype, length), _wrapped(code, ctype, length))
    )


CHARS = _of_each_length("c", "c_char")
WIDES = _of_each_length("u", "c_wchar")


def length_of(description: Description) -> int:
    """Return the number of elements of an object of one of these tables."""
    if isinstance(description.type, CType) and description.maker.endswith("Value"):
        return shapes.read(description.type.name).length
    (length,) = description.args
    return int(length)


def several(
    table: Sequence[Description], drawn_for: Callable[[int], SearchStrategy[Any]], most: int = 2
) -> SearchStrategy[list[tuple[Description, bytes, Any]]]:
    """Return a few objects of a table of char arrays, with what they hold and what is drawn."""
    choices = []
    for one in table:
        length = length_of(one)
        choices.append(st.tuples(st.just(one), contents(length), drawn_for(length)))
    return st.lists(st.one_of(choices), min_size=1, max_size=most)


def with_accesses(
    table: Mapping[Description, SearchStrategy[Access]], most: int = 4, at_once: int = 3
) -> SearchStrategy[list[tuple[Description, list[Access]]]]:
    """Return a few objects of a table, with accesses to each."""
    choices = [
        st.tuples(st.just(one), st.lists(accesses, min_size=1, max_size=most))
        for one, accesses in table.items()
    ]
    return st.lists(st.one_of(choices), min_size=1, max_size=at_once)


# Texts.

_WITH_NULS = bytes(byte if byte % 4 else 0 for byte in range(256))
_WITHOUT_NULS = bytes(byte or 1 for byte in range(256))


def contents(length: int) -> SearchStrategy[bytes]:
    """Return what an array of a length may hold."""
    return _binary(length, length).map(lambda data: data.translate(_WITH_NULS))


def texts(least: int, most: int) -> SearchStrategy[bytes]:
    """Return texts of a length in these bounds, often the upper one, some with NULs."""
    drawn = st.one_of(_binary(least, most), _binary(most, most))
    return st.one_of(drawn, drawn.map(lambda data: data.translate(_WITH_NULS)))


def texts_without_nuls(most: int) -> SearchStrategy[bytes]:
    """Return texts without NULs, of this length at most."""
    drawn = st.one_of(_binary(0, most), _binary(most, most))
    return drawn.map(lambda data: data.translate(_WITHOUT_NULS))


def _binary(least: int, most: int) -> SearchStrategy[bytes]:
    return st.binary(min_size=least, max_size=most)


def wide_texts(least: int, most: int) -> SearchStrategy[str]:
    """Return texts of wide characters, NULs and characters beyond the first plane among them."""
    return st.lists(wide_characters, min_size=least, max_size=most).map("".join)


def too_long(length: int) -> SearchStrategy[bytes]:
    """Return texts that an array of a length has no room for."""
    return st.one_of(_binary(length + 1, length + 1), _binary(length + 1, length + 9)).map(
        lambda data: data.translate(_WITH_NULS)
    )


# Operations.


def assign_buffer(attribute: str, kind: str, data: bytes) -> Access:
    """Return the assignment of a buffer of a kind to an attribute."""
    return Access(char_arrays.assign_buffer, (attribute, kind, data))


def transform(attribute: str, method: str, *args: Any) -> Access:
    """Return the assignment to an attribute of what a method of its value gives."""
    return Access(char_arrays.transform, (attribute, method, *args))


def update(attribute: str, operation: str, operand: Any) -> Access:
    """Return an in-place operation, named as in `operator`, on an attribute."""
    return Access(parts.update_at, ((attribute,), operation, operand))
