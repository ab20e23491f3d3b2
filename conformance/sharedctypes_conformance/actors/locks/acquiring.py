"""Calls on locks that take more than one call of the standard library."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from ..threads.helpers import at_once


def timed(calls: Sequence[tuple[Any, tuple[Any, ...], dict[str, Any]]]) -> list[tuple[Any, float]]:
    """Call `acquire` of each object in a thread of its own, all at once.

    Return what each returned, and the seconds that it took.
    """
    outcomes: list[Any] = [None] * len(calls)

    def run(place: int) -> None:
        obj, args, keywords = calls[place]
        began = time.monotonic()
        taken = obj.acquire(*args, **keywords)
        outcomes[place] = (taken, time.monotonic() - began)

    at_once(*[lambda place=place: run(place) for place in range(len(calls))])
    return outcomes
