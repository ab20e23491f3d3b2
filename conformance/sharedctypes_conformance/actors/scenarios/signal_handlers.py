"""A signal handler that constructs objects and returns, wherever the signal arrives.

A timer sends the signal, so that it comes in the middle of a construction or a dropping too. While
the handler runs, the timer stands for the bound: the signal that comes then ends the wait.
"""

from __future__ import annotations

import importlib
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

from .. import patience
from ..runtime.records import record
from .alarms import Alarms

# A loop that no signal interrupts goes on to the next one all the same.
_MOST_CONSTRUCTIONS = 2_000
_LENGTH = 4


@record
class ConstructedInHandlers(NamedTuple):
    """How many signals were handled, and how many of the arrays that were kept are corrupted.

    `stack` is where a construction in a handler stood that did not end, "" if all did.
    """

    signals: int
    arrays: int
    corrupted: int
    stack: str


class _Stuck(BaseException):
    """A construction in the handler did not end."""


def construct_in_handlers(backend: str, count: int) -> ConstructedInHandlers:
    """Construct, fill and drop arrays, and have a handler do the same amid that, many times."""
    make_array = importlib.import_module(backend).RawArray
    kept: list[tuple[Any, int]] = []
    signals = 0
    inside = False
    stack = ""

    def handle(_number: int, frame: Any) -> None:
        nonlocal signals, inside, stack
        if inside:
            # Noted here: where it comes in the middle of a dropping, the interpreter swallows it.
            stack = "".join(traceback.format_stack(frame))
            raise _Stuck
        signals += 1
        inside = True
        alarms.set_after(patience.CONSTRUCTION)
        try:
            kept.append(_filled(make_array, -signals))
            _filled(make_array, -signals)
        except Exception:  # it may be refused in there
            return
        finally:
            alarms.cancel()
            inside = False

    alarms = Alarms(handle, seed=count)
    until = time.monotonic() + patience.INTERRUPTED_LOOP
    try:
        with alarms:
            while signals < count and not stack and time.monotonic() < until:
                seen = signals
                alarms.set_soon()
                for turn in range(_MOST_CONSTRUCTIONS):
                    one = _filled(make_array, len(kept) + 1)
                    if turn % 2:
                        kept.append(one)
                    if signals > seen:
                        break
    except _Stuck:
        pass
    corrupted = sum(set(array) != {number} for array, number in kept)
    return ConstructedInHandlers(signals, len(kept), corrupted, stack)


def _filled(make_array: Callable[..., Any], number: int) -> tuple[Any, int]:
    array = make_array("i", _LENGTH)
    array[:] = [number] * _LENGTH
    return array, number
