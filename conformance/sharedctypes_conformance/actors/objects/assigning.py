"""Assigning ctypes objects to the parts of another one, which copies them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..runtime.memory import blank_like, contents, fill
from ..runtime.parts import assign_at, read_at


def assign_new(obj: Any, steps: Sequence[Any], data: bytes) -> None:
    """Assign a new object to a part of its type; it begins with `data`, and is changed later."""
    new = blank_like(read_at(obj, steps))
    size = len(contents(new)[1])
    repeated = (data * (size // len(data) + 1))[:size]
    fill(new, repeated)
    assign_at(obj, steps, new)
    fill(new, bytes(byte ^ 0x55 for byte in repeated))


def assign_part(obj: Any, steps: Sequence[Any], source: Sequence[Any]) -> None:
    """Assign one part of an object to another part of it."""
    assign_at(obj, steps, read_at(obj, source))
