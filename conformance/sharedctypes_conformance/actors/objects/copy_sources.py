"""What is copied: ordinary objects, and views of other memory.

A copy is compared with its source here, in one call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from ..runtime.memory import contents, fill, values_in

_OFFSET = 16


def fill_with(obj: Any, pattern: bytes) -> None:
    """Fill the memory of an object with some bytes over and over."""
    size = ctypes.sizeof(obj)
    fill(obj, (pattern * (size // len(pattern) + 1))[:size])


def compared(copied: Any, source: Any) -> tuple[bool, Any, Any]:
    """Return whether two objects have one class, and what each holds: padding does not count."""
    return type(copied) is type(source), values_in(copied), values_in(source)


def unlike_source(
    raw_array: Callable[..., Any], copy: Callable[..., Any], sizes: list[int]
) -> list[tuple[int, int]]:
    """Copy arrays of some sizes; return those of copies that differ, and the first such byte."""
    found = []
    for size in sizes:
        source = raw_array(ctypes.c_ubyte, size)
        # No block that is copied at once is a multiple of a prime.
        fill_with(source, bytes(range(1, 252)))
        data, wanted = (contents(one)[1] for one in (copy(source), source))
        if data != wanted:
            pairs = zip(data, wanted)
            found.append((size, next((n for n, (a, b) in enumerate(pairs) if a != b), len(data))))
    return found


def precise_long_double(raw_value: Callable[..., Any], copy: Callable[..., Any]) -> tuple[str, str]:
    """Copy a long double between two Python floats; return its bits in the source and the copy.

    They are empty where a long double is no more than a double, or of a format not known here.
    """
    source = raw_value(ctypes.c_longdouble, 1.0)
    size = _LONG_DOUBLES.get((ctypes.sizeof(source), contents(source)[1][:10]), 0)
    if not size:
        return "", ""
    # The last bit of a fraction, which no double has.
    ctypes.c_ubyte.from_address(ctypes.addressof(source)).value += 1
    copied = copy(source)
    before, after = contents(source)[1], contents(copied)[1]
    return before[:size].hex(), after[:size].hex()


# The bytes that count, by size and the first bytes of 1.0: of x86, which leaves the rest to chance,
# and of those with four times the bits of a float.
_LONG_DOUBLES = {
    (16, b"\0\0\0\0\0\0\0\x80\xff\x3f"): 10,
    (12, b"\0\0\0\0\0\0\0\x80\xff\x3f"): 10,
    (16, bytes(10)): 16,
}


def bytes_left_alone(written: Any, pattern: bytes, other: Any) -> tuple[bytes, bytes]:
    """Fill one object with a pattern; return the bytes of the other before and after that."""
    before = contents(other)[1]
    fill_with(written, pattern)
    return before, contents(other)[1]


def totals(copied: Any, source: Any, number: int) -> list[tuple[int, int]]:
    """Return the totals of a copy and its source: as they are, after `copied.add`, after both.

    They are of one of the types in `python_subclasses`.
    """
    seen = [(copied.total, source.total)]
    for obj in (copied, source):
        obj.add(number)
        seen.append((copied.total, source.total))
    return seen


# Views with the bytes of an object. Those of its own memory do not keep it alive.


def from_buffer(obj: Any) -> Any:
    """Return an object of the same type and bytes, in a bytearray."""
    return type(obj).from_buffer(bytearray(contents(obj)[1]))


def from_within_a_buffer(obj: Any) -> Any:
    """Return an object of the same type and bytes, somewhere in a bytearray."""
    return type(obj).from_buffer(bytearray(_OFFSET) + bytearray(contents(obj)[1]), _OFFSET)


def from_address(obj: Any) -> Any:
    """Return a second object of the same type in the memory of `obj`."""
    return type(obj).from_address(ctypes.addressof(obj))


def behind_a_pointer(obj: Any) -> Any:
    """Return what a pointer to `obj` points to."""
    return ctypes.pointer(obj).contents
