"""Memory that was used before: what an allocator has when the last objects have been dropped."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..runtime import memory

# Nothing that is initialised on purpose looks like this.
_DIRT = 0xA5
_BLOCKS = 3


def leave_recycled_memory(raw_array: Callable[[Any, int], Any], sizes: Sequence[int]) -> None:
    """Allocate a few blocks of each size, fill them, and drop them."""
    used = [raw_array(ctypes.c_ubyte, size) for size in sizes for _ in range(_BLOCKS)]
    for block in used:
        ctypes.memset(ctypes.addressof(block), _DIRT, ctypes.sizeof(block))
    used.clear()
    del block
    collect()


def collect() -> None:
    """Free all that is unreachable, objects in cycles too."""
    gc.collect()


def on_recycled_memory(
    raw_array: Callable[[Any, int], Any],
    calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]],
    sizes: Sequence[int],
) -> list[Any]:
    """Leave dirt behind, then carry out calls that make objects; return these."""
    leave_recycled_memory(raw_array, sizes)
    return [make(*args) for make, args in calls]


def images(objects: Sequence[Any]) -> list[bytes]:
    """Return all bytes of each object, padding included."""
    return [memory.contents(obj)[1] for obj in objects]


class Others:
    """Objects that are made where others may have been: they stay as long as this does.

    `calls` are the functions that make them, with their arguments and how often each is called.
    """

    def __init__(self, calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...], int]]) -> None:
        self._objects = [make(*args) for make, args, times in calls for _ in range(times)]

    def fill(self, byte: int) -> int:
        """Fill all of them with one byte throughout; return how many there are."""
        return memory.fill_each(self._objects, byte)


class OverstatedLength:
    """A sequence whose `len` is greater than the number of items that iterating over it gives."""

    def __init__(self, length: int, items: Sequence[int]) -> None:
        self._length = length
        self._items = items

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return iter(self._items)

    def __getitem__(self, index: Any) -> Any:
        return self._items[index]


def from_overstated_length(
    raw_array: Callable[[Any, Any], Any], make: Callable[[Any, Any], Any], length: int
) -> list[int] | None:
    """Make an array of c_int on used memory from such a sequence of the items 1 and 2.

    Return its items, None if it is refused.
    """
    leave_recycled_memory(raw_array, [length * ctypes.sizeof(ctypes.c_int)])
    try:
        made = make(ctypes.c_int, OverstatedLength(length, [1, 2]))
    except Exception:  # it may be refused by any
        return None
    return list(made)
