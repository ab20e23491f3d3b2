"""Sequences of operations on shared objects, by several processes in any order.

Each step is read from a few bytes (see `decisions`): the process, the kind of operation, and which
one of that kind. Values are the limits of a type, some random ones, and some that it refuses.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

from hypothesis.strategies import SearchStrategy

from ..actors.runtime import parts
from ..actors.runtime import type_names as shapes
from ..stage.descriptions import Description
from . import members, objects, values
from .accesses import Access, get_attribute, get_item, set_attribute, set_item
from .decisions import Decisions, read_from

Step = tuple[str, Access]

PROCESSES = ("creator", "child", "sibling")

# How many steps a sequence has at most. Each takes this many bytes.
SLOTS = 20
_BYTES = 5

_RANDOM_VALUES = 12
_MISFITS: tuple[Any, ...] = (None, "x", 1.5, (1, 2))


def sequences(
    table: Sequence[Description],
) -> SearchStrategy[tuple[Description, list[Step]]]:
    """Return objects of a table with up to 20 steps each."""

    def read(decisions: Decisions) -> tuple[Description, list[Step]]:
        description = decisions.one_of(table)
        return description, [step for _, step in _steps(decisions, [description])]

    return read_from(read, 1 + SLOTS * _BYTES)


def interleaved(
    table: Sequence[Description], count: int = 3
) -> SearchStrategy[tuple[Sequence[Description], list[tuple[int, Step]]]]:
    """Return neighbours of a table, and steps, each with the place of its object among them."""

    def read(decisions: Decisions) -> tuple[Sequence[Description], list[tuple[int, Step]]]:
        # Made one after the other, they are neighbours in memory.
        first = decisions.one_of(range(len(table) - count + 1))
        some = table[first : first + count]
        return some, _steps(decisions, some)

    return read_from(read, 1 + SLOTS * _BYTES)


def _steps(decisions: Decisions, chosen: Sequence[Description]) -> list[tuple[int, Step]]:
    """Return steps on the chosen objects; those whose first decision is 0 are left out."""
    steps = []
    for _ in range(SLOTS):
        is_there, who = divmod(decisions.bytes(1)[0], len(PROCESSES))
        place = decisions.one_of(range(len(chosen)))
        kind = decisions.one_of(accesses_of(chosen[place]))
        access = kind[int.from_bytes(decisions.bytes(2), "big") % len(kind)]
        if is_there:
            steps.append((place, (PROCESSES[who], access)))
    return steps


@cache
def accesses_of(description: Description) -> list[list[Access]]:
    """Return the accesses that an object offers, by their kinds."""
    ctype = objects.ctype_of(description)
    if description.maker in ("Array", "RawArray"):
        length = members.length_of(description)
        kinds = [*_item_accesses(ctype, length), *_slice_accesses(ctype, length)]
        kinds.append([Access("builtins.len", ()), Access(parts.iterated, ())])
        kinds += _string_accesses(length) if ctype == "c_char" else []
        return [kind for kind in kinds if kind]
    attributes = members.FIELDS.get(ctype, {"value": ctype})
    return [
        [get_attribute(name) for name in attributes],
        [
            set_attribute(name, value)
            for name, kind in attributes.items()
            for value in _values(kind)
        ],
    ]


def _item_accesses(ctype: str, length: int) -> list[list[Access]]:
    indices = range(-length - 1, length + 1)
    writes = [set_item(index, item) for index in indices for item in _values(ctype)]
    return [[get_item(index) for index in indices], writes]


def _slice_accesses(ctype: str, length: int) -> list[list[Access]]:
    parts, items = _slices(length), _values(ctype)
    writes = [
        set_item(part, members.sequences_for(part, length, (items[place:] + items)[:5], surplus))
        for place, part in enumerate(parts)
        for surplus in (0, 0, 0, 1)
    ]
    return [[get_item(part) for part in parts], writes]


def _string_accesses(length: int) -> list[list[Access]]:
    texts = [bytes(range(65, 65 + size)) for size in range(length + 2)]
    texts += [text[: size // 2] + b"\0" + text[size // 2 + 1 :] for size, text in enumerate(texts)]
    kinds = []
    for name in ("value", "raw"):
        kinds.append([get_attribute(name)])
        kinds.append([set_attribute(name, text) for text in [*texts, "x", None]])
    return kinds


def _slices(length: int) -> list[slice]:
    bounds = sorted({None, 0, 1, length - 1, length, length + 1, -1, -2}, key=repr)
    return [slice(*part) for part in product(bounds, bounds, (None, 2, -1))]


@cache
def _values(ctype: str) -> list[Any]:
    """Return values for a type: its limits, some random ones, and some that it refuses."""
    chance = random.Random(ctype)  # noqa: S311 - the same values in every run, and no secret
    return [*_fitting(shapes.read(ctype), chance), *_MISFITS]


def _fitting(shape: shapes.Shape, chance: random.Random) -> list[Any]:
    if shape.kind == "simple":
        return _simple(shape.name, chance)
    if shape.kind == "array":
        element = shape.element.name
        if element == "c_char":
            return [chance.randbytes(chance.randrange(shape.length + 2)) for _ in range(9)]
        if element == "c_wchar":
            some = _simple(element, chance)
            return ["".join(chance.choices(some, k=size)) for size in range(shape.length + 2)]
        parts = [shape.element] * shape.length
    else:
        parts = [field for _, field, width in shape.fields]
    # A tuple sets the first parts of what it is assigned to, as many as it has values for.
    return [
        tuple(chance.choice(_fitting(part, chance)) for part in parts[:count])
        for count in range(len(parts) + 1)
        for _ in range(3)
    ]


def _simple(ctype: str, chance: random.Random) -> list[Any]:
    if ctype in values.INTEGERS:
        return [*values.LIMITS, *(chance.getrandbits(64) for _ in range(_RANDOM_VALUES))]
    if ctype in values.FLOATS:
        return [*values.TELLING_FLOATS, *(chance.gauss(0, 1e9) for _ in range(_RANDOM_VALUES))]
    if ctype == "c_char":
        return [b"\0", b"A", b"\xff", 0, 255, *(chance.randbytes(1) for _ in range(_RANDOM_VALUES))]
    if ctype == "c_wchar":
        return ["\0", "A", "\xe9", "\u20ac", "\U0001f600"]
    return [True, False, 0, 7, "", "no", None]
