"""A signal handler that makes objects and returns, wherever the signal came.

A timer sends the signal, so that it comes in the middle of a making or a dropping too. The timer
is set anew for each of them: what sends them by itself could keep a slow machine in the handler.
While the handler is at work it stands for the bound: the signal that comes then ends the waiting.
"""

from __future__ import annotations

import importlib
import random
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any

# Less than what the stage waits for an actor: a slow machine gets fewer signals.
_SECONDS = 1.5
# What no signal comes to within so many makings goes on all the same.
_MOST = 2_000
_LENGTH = 4
# Seconds that nobody needs for a making.
_BOUND = 3


class _Stuck(BaseException):
    """A making in the handler had no end."""


def spoilt_by_makings_in_handlers(backend: str, count: int) -> tuple[int, int, int, str]:
    """Make, fill and drop arrays, and have a handler do the same in the middle of it, many times.

    Return how many signals came, how many of the arrays that were kept do not hold what was
    written, how many were kept, and where a making in a handler stood that did not end, "" if all
    did.
    """
    make_array = importlib.import_module(backend).RawArray
    chance = random.Random(count)  # noqa: S311 - it only varies when a signal comes
    kept: list[tuple[Any, int]] = []
    came = 0
    inside = False
    stands = ""

    def handle(_number: int, frame: Any) -> None:
        nonlocal came, inside, stands
        if inside:
            # Noted here: where it comes in the middle of a dropping, the interpreter swallows it.
            stands = "".join(traceback.format_stack(frame))
            raise _Stuck
        came += 1
        inside = True
        signal.setitimer(signal.ITIMER_REAL, _BOUND)
        try:
            kept.append(_filled(make_array, -came))
            _filled(make_array, -came)
        except Exception:  # it may be refused in there
            return
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            inside = False

    until = time.monotonic() + _SECONDS
    before = signal.signal(signal.SIGALRM, handle)
    try:
        while came < count and not stands and time.monotonic() < until:
            seen = came
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(20e-6, 200e-6))
            for turn in range(_MOST):
                one = _filled(make_array, len(kept) + 1)
                if turn % 2:
                    kept.append(one)
                if came > seen:
                    break
    except _Stuck:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
    return came, sum(set(array) != {number} for array, number in kept), len(kept), stands


def _filled(make_array: Callable[..., Any], number: int) -> tuple[Any, int]:
    array = make_array("i", _LENGTH)
    array[:] = [number] * _LENGTH
    return array, number
