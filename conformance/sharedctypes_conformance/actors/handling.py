"""A signal handler that makes objects and returns, wherever the signal came.

A timer sends the signal, so that it comes in the middle of a making or a dropping too. The timer
is set anew for each of them: what sends them by itself could keep a slow machine in the handler.
"""

from __future__ import annotations

import importlib
import random
import signal
import time
from collections.abc import Callable
from typing import Any

# Less than what the stage waits for an actor: a slow machine gets fewer signals.
_SECONDS = 1.5
# What no signal comes to within so many makings goes on all the same.
_MOST = 2_000
_LENGTH = 4


def spoilt_by_makings_in_handlers(backend: str, count: int) -> list[int]:
    """Make, fill and drop arrays, and have a handler do the same in the middle of it, many times.

    Return how many signals came, and how many of all arrays that were kept do not hold what was
    written. It does not return where a making does not.
    """
    make_array = importlib.import_module(backend).RawArray
    chance = random.Random(count)  # noqa: S311
    kept: list[tuple[Any, int]] = []
    came = 0

    def handle(_number: int, _frame: Any) -> None:
        nonlocal came
        came += 1
        try:
            kept.append(_filled(make_array, -came))
            _filled(make_array, -came)
        except Exception:  # it may be refused in there
            return

    until = time.monotonic() + _SECONDS
    before = signal.signal(signal.SIGALRM, handle)
    try:
        while came < count and time.monotonic() < until:
            seen = came
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(20e-6, 200e-6))
            for turn in range(_MOST):
                one = _filled(make_array, len(kept) + 1)
                if turn % 2:
                    kept.append(one)
                if came > seen:
                    break
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
    return [came, sum(set(array) != {number} for array, number in kept), len(kept)]


def _filled(make_array: Callable[..., Any], number: int) -> tuple[Any, int]:
    array = make_array("i", _LENGTH)
    array[:] = [number] * _LENGTH
    return array, number
