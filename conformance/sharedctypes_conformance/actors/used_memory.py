"""Memory that was used before: what an allocator has in hand when the last objects have gone."""

from __future__ import annotations

import ctypes
import gc
import platform
from collections.abc import Callable, Sequence
from typing import Any

# Nothing that is initialised on purpose looks like this.
_DIRT = 0xA5
_BLOCKS = 3


def leave_dirt(raw_array: Callable[[Any, int], Any], sizes: Sequence[int]) -> None:
    """Allocate a few blocks of each size, fill them, and let them go."""
    used = [raw_array(ctypes.c_ubyte, size) for size in sizes for _ in range(_BLOCKS)]
    for block in used:
        ctypes.memset(ctypes.addressof(block), _DIRT, ctypes.sizeof(block))
    used.clear()
    del block
    collect()


def collect() -> None:
    """Let everything go that nobody refers to."""
    if platform.python_implementation() != "CPython":
        gc.collect()


def on_dirt(
    raw_array: Callable[[Any, int], Any],
    calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]],
    sizes: Sequence[int],
) -> list[Any]:
    """Leave dirt behind, then carry out calls that make objects; return these."""
    leave_dirt(raw_array, sizes)
    return [make(*args) for make, args in calls]


def images(objects: Sequence[Any]) -> list[bytes]:
    """Return all bytes of each object, padding included."""
    return [ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj)) for obj in objects]
