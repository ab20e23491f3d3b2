"""Decisions read from bytes: a cheap way to draw an example of many small choices.

Each draw from hypothesis costs time, so a type of twenty parts with a value for each is drawn as
one string of bytes and read from it, one byte a decision. 0 stands for the plainest choice, and
after the end of the string everything is 0, so that what hypothesis shrinks becomes plainer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


class Decisions:
    """What is left of a string of decisions."""

    def __init__(self, drawn: bytes) -> None:
        self._drawn = drawn
        self._place = 0

    def one_of(self, options: Sequence[T]) -> T:
        """Return one of up to 256 options, of which the first is the plainest."""
        return options[self.bytes(1)[0] % len(options)]

    def bytes(self, count: int) -> bytes:
        """Return the next bytes as they are."""
        place, self._place = self._place, self._place + count
        return self._drawn[place : self._place].ljust(count, b"\0")

    def number(self, size: int) -> int:
        """Return the next bytes as a number."""
        return int.from_bytes(self.bytes(size), "big")


def read_from(read: Callable[[Decisions], T], most: int) -> SearchStrategy[T]:
    """Return what a function reads from a drawn string of `most` bytes."""
    return st.binary(min_size=most, max_size=most).map(lambda drawn: read(Decisions(drawn)))
