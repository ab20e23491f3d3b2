"""Crowds: objects by the thousand, and objects of many sizes, constructed in portions.

Nothing requires construction to be fast. So a call constructs objects for a while and returns how
many there are, and is repeated until there are enough.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Iterable
from typing import Any

from .. import patience
from ..system import resources
from .recycled_memory import collect
from .shelf import Shelf

# What short-lived objects are filled with: no shelf writes one byte throughout.
_PASSING = 0xEE


def _while_it_lasts(turns: Iterable[int], make: Callable[[int], None]) -> int:
    """Call `make` with one number after the other for a while; return how often."""
    until = time.monotonic() + patience.PORTION
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
        """Make more of them, up to `count`; return how many there are then.

        If the system allows no more, that is as good as `count`: no number is promised.
        """
        try:
            _while_it_lasts(range(len(self._values), count), self._add)
        except OSError as problem:
            if problem.errno not in resources.NO_MORE or not self._values:
                raise
            return count
        return len(self._values)

    def _add(self, number: int) -> None:
        self._values.append(self._make(ctypes.c_longlong, number))

    def wrong(self) -> list[int]:
        """Return which of them hold another number than their own, the first few."""
        return [number for number, value in enumerate(self._values) if value.value != number][:9]


class Crowd(Shelf):
    """Arrays of bytes that are held, each of which is filled to the last byte."""

    def __init__(self, mark: int, raw_array: Callable[..., Any]) -> None:
        super().__init__(mark)
        self._make = raw_array

    def add(self, sizes: list[int]) -> int:
        """Make and fill arrays of the first sizes; return how many."""
        return _while_it_lasts(sizes, self._add)

    def _add(self, size: int) -> None:
        self.keep(self._make(ctypes.c_ubyte, size))

    def drop(self, first: int, end: int, step: int = 1) -> None:
        """Let some of the arrays go, by their places."""
        del self.held[first:end:step]
        collect()

    def see_pass_by(self, first: int, end: int, size: int, of: int, stay: int) -> int:
        """Make and fill arrays, and keep the first few of as many; return how many were made."""

        def pass_by(number: int) -> None:
            if number % of < stay:
                self._add(size)
            else:
                array = self._make(ctypes.c_ubyte, size)
                ctypes.memset(ctypes.addressof(array), _PASSING, size)

        return _while_it_lasts(range(first, end), pass_by)
