"""Examples that are sequences of steps, and how to find the shortest one that still fails.

A step may be an object that is constructed: what starts processes is done with many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


class Steps(tuple[Any, ...]):
    """Steps of which any part, in the same order, is an example too."""

    __slots__ = ()

    def part(self, steps: Iterable[Any]) -> Self:
        """Return a part of these steps as an example.

        A class of steps that depend on each other leaves out what cannot be done without the rest.
        """
        return type(self)(steps)

    def __repr__(self) -> str:
        return f"[{'; '.join(map(str, self))}]"


def all_in_any_order(steps: Sequence[Any]) -> SearchStrategy[Steps]:
    """Return all of some steps, in an order that is drawn: each example covers them."""
    return st.permutations(steps).map(Steps)


def shortest(steps: Steps, still_fails: Callable[[Steps], bool]) -> Steps:
    """Return a part of some steps that fails, and of which no step can be left out.

    `still_fails` says whether a part fails as the whole does. Long runs of steps are left out
    first, then shorter ones (delta debugging), the later ones before the earlier.
    """
    length = len(steps)
    while length:
        length = min(length, len(steps))
        end = len(steps)
        found = False
        while end > 0:
            begin = max(0, end - length)
            part = steps.part((*steps[:begin], *steps[end:]))
            if still_fails(part):
                steps, found = part, True
            end = min(begin, len(steps))
        if not found or length > 1:
            length //= 2
    return steps
