"""Which types can be shared, and how a type is named to another process.

The story: a caller gives a typecode or a ctypes type, `resolve` turns it into a type or refuses it
before anything is allocated.  A type crosses to a spawned child by its name; `describe` finds the
name of those that have none, the `T * n` of ctypes, and `restore` builds the same type again.
"""

from __future__ import annotations

import ctypes
from typing import Any

#: One-character codes of the `array` module, and 'c'. Documentation: "Shared ctypes Objects".
typecode_to_type: dict[str, Any] = {
    "c": ctypes.c_char,
    "u": ctypes.c_wchar,
    "b": ctypes.c_byte,
    "B": ctypes.c_ubyte,
    "h": ctypes.c_short,
    "H": ctypes.c_ushort,
    "i": ctypes.c_int,
    "I": ctypes.c_uint,
    "l": ctypes.c_long,
    "L": ctypes.c_ulong,
    "q": ctypes.c_longlong,
    "Q": ctypes.c_ulonglong,
    "f": ctypes.c_float,
    "d": ctypes.c_double,
}

# `sizeof` refuses these on CPython, and answers 0 or 8 on PyPy, which would give an object of a
# class that has no layout.
_ABSTRACT = frozenset(
    {
        ctypes.Structure,
        ctypes.Union,
        ctypes.BigEndianStructure,
        ctypes.LittleEndianStructure,
        ctypes.Array,
        ctypes._SimpleCData,
        ctypes._Pointer,
        ctypes._CFuncPtr,  # type: ignore[attr-defined]
    }
)

#: What a type becomes in a pickle: a type that has a name, and the lengths of the arrays around it.
TypeDescription = tuple[Any, tuple[int, ...]]


def resolve(typecode_or_type: Any) -> Any:
    """Return the ctypes type that a typecode or a type stands for.

    Raises TypeError for an unknown typecode, for anything that is no ctypes type, and for abstract
    ones such as `ctypes.Structure`.  Documentation: "The multiprocessing.sharedctypes module".
    """
    if isinstance(typecode_or_type, str):
        try:
            return typecode_to_type[typecode_or_type]
        except KeyError:
            raise TypeError(f"bad typecode {typecode_or_type!r}") from None
    if not isinstance(typecode_or_type, type) or typecode_or_type in _ABSTRACT:
        raise TypeError(f"{typecode_or_type!r} is neither a typecode nor a concrete ctypes type")
    try:
        ctypes.sizeof(typecode_or_type)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"{typecode_or_type!r} is not a concrete ctypes type") from None
    return typecode_or_type


def describe(type_: Any) -> TypeDescription:
    """Return what `restore` needs to find the type in another process.

    ctypes makes `T * n` once and gives it no place to be imported from, so pickling it by name
    fails; any number of dimensions is peeled off here.  A class derived from such a type has a name
    of its own and must keep it, or the child would get an object of another class.
    """
    lengths: list[int] = []
    while issubclass(type_, ctypes.Array) and type_ is type_._type_ * type_._length_:
        lengths.append(type_._length_)
        type_ = type_._type_
    return type_, tuple(reversed(lengths))


def restore(description: TypeDescription) -> Any:
    """Return the type that `describe` described."""
    type_, lengths = description
    for length in lengths:
        type_ = type_ * length
    return type_
