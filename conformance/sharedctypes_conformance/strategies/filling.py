"""Values for the places of generated types.

    filled(SORT)          types of a sort of `type_names`, each with initializers and assignments
    assignments(name)     assignments to the places of an object that hold simple values

Values are at and beyond the limits of their types, but ctypes takes them all.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis.strategies import SearchStrategy

from ..actors.runtime import type_names as shapes
from ..actors.runtime.type_names import Shape
from ..stage.names import CType
from .decisions import Decisions, read_from
from .type_names import ALIASES, DECISIONS, Sort, read_name
from .values import FLOATS, INTEGERS

# Field names and indices that lead to a place in an object.
Path = tuple[Any, ...]

_BYTES_OF_VALUES = 96


@dataclass(frozen=True)
class Place:
    """A place in an object that holds a simple value; `width` is that of a bit field, or 0."""

    path: Path
    shape: Shape
    width: int


@dataclass(frozen=True)
class Filled:
    """A type, arguments for its constructor, and assignments to carry out after that."""

    type: CType
    args: tuple[Any, ...]
    assignments: tuple[tuple[Path, Any], ...]

    def __repr__(self) -> str:
        done = "".join(f", {where(path)} = {value!r}" for path, value in self.assignments)
        return f"{self.type} with {self.args!r}{done}"


def where(path: Path) -> str:
    """Return a path as code."""
    return "obj" + "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in path)


def filled(*sorts: Sort) -> SearchStrategy[Filled]:
    """Return types of any of the sorts, each with values."""

    def read(decisions: Decisions) -> Filled:
        name = read_name(decisions, sorts)
        return Filled(CType(name), _read_args(decisions, name), _read_assignments(decisions, name))

    return read_from(read, DECISIONS + _BYTES_OF_VALUES)


def assignments(name: str) -> SearchStrategy[tuple[tuple[Path, Any], ...]]:
    """Return assignments, each a path and a value, to places of an object in any order."""
    return read_from(lambda decisions: _read_assignments(decisions, name), _BYTES_OF_VALUES)


@cache
def places(name: str) -> tuple[Place, ...]:
    """Return all places in an object of a type that hold simple values.

    The paths to fields of an anonymous field leave that field out. A simple object is reached by
    "value", as is an instance of a subclass of a simple type, even as a field or an item.
    """
    shape = shapes.read(name)
    if shape.kind == "simple":
        return (Place(("value",), shape, 0),)
    return tuple(_places(shape, ()))


def _places(shape: Shape, path: Path) -> list[Place]:
    if shape.kind == "array":
        parts = [((*path, index), shape.element, 0) for index in range(shape.length)]
    else:
        parts = [
            (path if shape.is_anonymous(name) else (*path, name), inner, width)
            for name, inner, width in shape.all_fields()
        ]
    found: list[Place] = []
    for inner_path, inner, width in parts:
        if inner.kind != "simple" and not (shape.kind != "array" and _is_text(inner)):
            found += _places(inner, inner_path)
        elif inner.name != inner.base and inner.kind == "simple":
            found.append(Place((*inner_path, "value"), inner, 0))
        else:
            found.append(Place(inner_path, inner, width))
    return found


def _is_text(shape: Shape) -> bool:
    """Return whether a field of this type is read and assigned as bytes or a string."""
    return shape.kind == "array" and shape.element.name in ("c_char", "c_wchar")


# Reading values.


def _read_assignments(decisions: Decisions, name: str) -> tuple[tuple[Path, Any], ...]:
    somewhere = places(name)
    if not somewhere:
        return ()
    chosen = [decisions.one_of(somewhere) for _ in range(decisions.one_of(range(9)))]
    return tuple((one.path, _read_value(decisions, one.shape, one.width)) for one in chosen)


def _read_args(decisions: Decisions, name: str) -> tuple[Any, ...]:
    shape = shapes.read(name)
    if shape.kind == "simple":
        return (_read_value(decisions, shape, 0),)
    args = _read_tuple(decisions, shape)
    return args[: len(args) // 2] if decisions.one_of([False, False, True]) else args


def _read_tuple(decisions: Decisions, shape: Shape) -> tuple[Any, ...]:
    if shape.kind == "array":
        return tuple(_read_item(decisions, shape.element) for _ in range(shape.length))
    return tuple(
        _read_value(decisions, inner, width)
        if inner.kind == "simple" or _is_text(inner)
        else _read_tuple(decisions, inner)
        for _, inner, width in shape.all_fields()
    )


def _read_item(decisions: Decisions, shape: Shape) -> Any:
    if shape.kind == "simple":
        return _read_value(decisions, shape, 0)
    return _read_tuple(decisions, shape)


def _read_value(decisions: Decisions, shape: Shape, width: int) -> Any:
    if width:
        sign = decisions.one_of([1, -1])
        return sign * (int.from_bytes(decisions.bytes(8)) % (2 << width))
    if _is_text(shape):
        read, count = _READERS[shape.element.name], decisions.one_of(range(shape.length + 1))
        empty = b"" if shape.element.name == "c_char" else ""
        return empty.join(read(decisions) for _ in range(count))
    return _READERS[shape.base](decisions)


_LIMITS = (
    0,
    1,
    -1,
    *(
        sign * 2**bits + off
        for bits in (7, 8, 15, 16, 31, 32, 63, 64)
        for sign in (1, -1)
        for off in (-1, 0, 1)
    ),
)
_NUMBERS = (0.0, 1.0, -0.0, 2.4, 1 / 3, -1.5, 1e300, 5e-324, 2.0**53, *map(float, ("inf", "nan")))
_TRUTHS = (False, True, 0, 1, 7, 256, "", "no", None, 0.0, (), b"x")


def _integer(decisions: Decisions) -> int:
    if decisions.one_of([True, False]):
        return decisions.one_of(_LIMITS)
    return int.from_bytes(decisions.bytes(decisions.one_of(range(1, 10))), signed=True)


def _number(decisions: Decisions) -> float:
    if decisions.one_of([True, False]):
        return decisions.one_of(_NUMBERS)
    number: float = struct.unpack(">d", decisions.bytes(8))[0]
    return number


def _character(decisions: Decisions) -> bytes:
    return decisions.bytes(1)


def _wide_character(decisions: Decisions) -> str:
    code = int.from_bytes(decisions.bytes(3)) % 0x110000
    # Surrogates are no characters.
    return chr(code if not 0xD800 <= code < 0xE000 else code - 0x800)


_READERS: dict[str, Callable[[Decisions], Any]] = {
    "c_bool": lambda decisions: decisions.one_of(_TRUTHS),
    "c_char": _character,
    "c_wchar": _wide_character,
    "c_void_p": lambda decisions: decisions.one_of([None, 0, 1, 2**31, 2**32 - 1]),
    **dict.fromkeys((*INTEGERS, *ALIASES), _integer),
    **dict.fromkeys(FLOATS, _number),
}
