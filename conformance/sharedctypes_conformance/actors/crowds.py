"""Crowds: objects by the thousand, made in portions.

Nobody promises that a making is fast. So a call makes objects for a while and tells how far it has
come, and whoever wants more of them calls again.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Iterable
from typing import Any

# Seconds after which a call makes no more: much less than what the stage waits for an actor.
_PORTION = 0.5


def _while_it_lasts(turns: Iterable[int], make: Callable[[int], None]) -> int:
    """Call `make` with one number after the other for a while; return how often."""
    until = time.monotonic() + _PORTION
    made = 0
    for turn in turns:
        make(turn)
        made += 1
        if time.monotonic() > until:
            break
    return made


class Values:
    """Values, each with a number of its own."""

    def __init__(self, raw_value: Callable[..., Any]) -> None:
        self._make = raw_value
        self._values: list[Any] = []

    def grow(self, count: int) -> int:
        """Make more of them, up to `count`; return how many there are then."""
        _while_it_lasts(range(len(self._values), count), self._add)
        return len(self._values)

    def _add(self, number: int) -> None:
        self._values.append(self._make(ctypes.c_longlong, number))

    def wrong(self) -> list[int]:
        """Return which of them hold another number than their own, the first few."""
        return [number for number, value in enumerate(self._values) if value.value != number][:9]
