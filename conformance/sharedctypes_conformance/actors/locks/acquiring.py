"""Calls on locks for which the standard library has no single function."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from ..threads.helpers import at_once, in_a_thread


def timed(calls: Sequence[tuple[Any, tuple[Any, ...], dict[str, Any]]]) -> list[tuple[Any, float]]:
    """Call `acquire` of each object in a thread of its own, all at once.

    Return what each returned, and the seconds that it took.
    """

    def acquire(obj: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, float]:
        began = time.monotonic()
        acquired = obj.acquire(*args, **keywords)
        return acquired, time.monotonic() - began

    return at_once(*[partial(acquire, *call) for call in calls])


def elsewhere(obj: Any, calls: Sequence[tuple[str, tuple[Any, ...], dict[str, Any]]]) -> list[str]:
    """Make calls of an object's methods in a thread that ends then; return the outcomes."""
    return in_a_thread(lambda: [_outcome(obj, *call) for call in calls])  # type: ignore[no-any-return]


def _outcome(obj: Any, method: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    try:
        return f"returned {getattr(obj, method)(*args, **keywords)!r}"
    except Exception as raised:  # whatever it raises is the outcome
        return f"raised {type(raised).__name__}"


class Number:
    """A number only by one of the two special methods."""

    def __init__(self, value: Any) -> None:
        self._value = value


class Float(Number):
    """Can be made a float."""

    def __float__(self) -> float:
        return float(self._value)


class Index(Number):
    """Can be made an integer."""

    def __index__(self) -> int:
        return int(self._value)
