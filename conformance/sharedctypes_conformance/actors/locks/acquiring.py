"""Calls on locks for which the standard library has no single function."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from ..threads.helpers import at_once


def timed(calls: Sequence[tuple[Any, tuple[Any, ...], dict[str, Any]]]) -> list[tuple[Any, float]]:
    """Call `acquire` of each object in a thread of its own, all at once.

    Return what each returned, and the seconds that it took.
    """

    def acquire(obj: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, float]:
        began = time.monotonic()
        acquired = obj.acquire(*args, **keywords)
        return acquired, time.monotonic() - began

    return at_once(*[partial(acquire, *call) for call in calls])
