"""How many file descriptors shared objects take. Where the system does not list them: None."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

_LISTING = "/dev/fd"


def _open() -> set[str]:
    # The descriptor through which the folder is listed is closed again, and in no listing after it.
    return {name for name in os.listdir(_LISTING) if os.path.exists(f"{_LISTING}/{name}")}


def taken_by(
    raw_value: Callable[..., Any], value: Callable[..., Any], count: int
) -> dict[str, Any]:
    """Return how many descriptors objects and wrappers take, and whether programs inherit them."""
    if not os.path.isdir(_LISTING):
        return {"descriptors": None}
    before = _open()
    held = [raw_value("i")]
    first = _open()
    held += [raw_value("i") for _ in range(count)]
    many = _open()
    held += [value("i") for _ in range(count)]
    guarded = _open()
    return {
        "the first object": len(first - before),
        f"{count} more": len(many - first),
        f"{count} with locks": len(guarded - many),
        "inherited by programs": any(os.get_inheritable(int(name)) for name in guarded - before),
    }
