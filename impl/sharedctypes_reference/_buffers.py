"""Buffers: sequences whose bytes are already those of the array that they initialize.

The story: to initialize an array from an `array.array` or another array, each element would be made
a Python object and back.  Where both have numbers of the same kind and size, the bytes are copied
instead, which is more than a hundred times as fast for 100 000 of them.

It has to be the same to the program.  So only types are taken whose iteration is known to give what
their bytes say, not classes derived from them; and only plain numbers, each of whose bit patterns
is a value: not `c_bool`, which makes 1 of whatever is true.
"""

from __future__ import annotations

import array
import ctypes
from typing import Any

from ._types import typecode_to_type

_KINDS = {code: kind for kind in ("bhilq", "BHILQ", "fd") for code in kind}
_BYTE = _KINDS["B"], 1

# Of each type of numbers what kind they are, and how large.
_NUMBERS = {
    type_: (_KINDS[code], ctypes.sizeof(type_))
    for code, type_ in typecode_to_type.items()
    if code in _KINDS
}
_NUMBERS[ctypes.c_char] = _BYTE  # takes numbers, too


def has_the_bytes_of(type_: Any, items: Any) -> bool:
    """Tell whether a sequence has the bytes of an array of the type that has its items."""
    number = _NUMBERS.get(type_)
    if number is None:
        return False
    if type(items) is array.array:
        return (_KINDS.get(items.typecode), items.itemsize) == number
    if type(items) is memoryview:
        # One that is not contiguous is refused by the copying, and what has no format of one
        # character by its own iteration.
        flat = items.ndim == 1 and items.c_contiguous
        return flat and (_KINDS.get(items.format), items.itemsize) == number
    if type(items) is bytes or type(items) is bytearray:
        return number == _BYTE
    return isinstance(items, ctypes.Array) and type(items) is type_ * len(items)
