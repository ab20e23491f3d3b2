"""Sizes of every order of magnitude, on both sides of where allocators change their ways."""

from __future__ import annotations

from hypothesis.strategies import SearchStrategy

from .decisions import Decisions, read_from

# From a power of two, or a multiple of it, to either side.
_OFFSETS = (0, 1, -1, 8, -8, 16, -16)
_MULTIPLES = (4, 5, 6, 7)


def around_powers(least: int, most: int) -> SearchStrategy[int]:
    """Return sizes from 2**least to 2**most, as many of each power, half of them near to turns.

    Turns are the powers, the quarters between them, and so from some size on multiples of pages.
    """

    def read(decisions: Decisions) -> int:
        power = decisions.one_of(range(least, most))
        if decisions.one_of([True, False]):
            turn = (decisions.one_of(_MULTIPLES) << power) >> 2
            return max(0, turn + decisions.one_of(_OFFSETS))
        return (1 << power) + decisions.number(4) % (1 << power)

    return read_from(read, 7)
