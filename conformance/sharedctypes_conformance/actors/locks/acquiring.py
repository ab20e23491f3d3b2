"""Calls on locks for which the standard library has no single function.

How long a call takes is compared with a clock that runs beside it, in a thread of the same process:
on a machine that is busy with other things both are slow.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from ..runtime.processes import new_lock
from ..runtime.records import record
from ..threads.helpers import at_once

# How long a tick of the clock takes beside a call that is not to wait, in seconds.
TICK = 0.02
# How often such a call is made, if it seems to wait.
_TIMES = 3
# How long a method is repeated at most, in seconds: less than anybody is waited for.
_LONGEST = 3.0
# How many signals arrive in the time that a call is to wait, and how many at most.
_SIGNALS, _MOST_SIGNALS = 4, 80


@record
class Timed(NamedTuple):
    """What `acquire` returned, how many seconds it took, and how often the clock ticked."""

    acquired: Any
    seconds: float
    ticks: int


def is_of_context(obj: Any) -> bool:
    """Return whether an object's lock, or a lock, is an RLock as the backend's context makes them.

    A backend may have recursive locks of its own, of which nothing is written down.
    """
    lock = obj.get_lock() if hasattr(obj, "get_lock") else obj
    return isinstance(lock, type(new_lock("RLock")))


class _Clock:
    """Counts how often a thread can sleep for so many seconds during a block."""

    def __init__(self, tick: float) -> None:
        self.ticks = 0
        self._tick = tick
        self._ends = False

    def __enter__(self) -> _Clock:  # noqa: PYI034 - Python 3.8 has no `Self`
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends = True

    def _run(self) -> None:
        while not self._ends:
            time.sleep(self._tick)
            self.ticks += 1


def _acquire(clock: _Clock, obj: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Timed:
    began, ticks = time.monotonic(), clock.ticks
    acquired = obj.acquire(*args, **keywords)
    return Timed(acquired, time.monotonic() - began, clock.ticks - ticks)


def timed(calls: Sequence[tuple[Any, tuple[Any, ...], dict[str, Any]]], tick: float) -> list[Timed]:
    """Call `acquire` of each object in a thread of its own, all at once."""
    with _Clock(tick) as clock:
        timed: list[Timed] = at_once(*[partial(_acquire, clock, *call) for call in calls])
        return timed


def timed_amid_signals(
    obj: Any, args: tuple[Any, ...], keywords: dict[str, Any], tick: float
) -> Timed:
    """Call `acquire` in this thread, the main one, while signals arrive that a handler handles."""
    seen = 0

    def handle(_number: int, _frame: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == _MOST_SIGNALS:
            signal.setitimer(signal.ITIMER_REAL, 0)

    before = signal.signal(signal.SIGALRM, handle)
    try:
        with _Clock(tick) as clock:
            signal.setitimer(signal.ITIMER_REAL, tick / _SIGNALS, tick / _SIGNALS)
            return _acquire(clock, obj, args, keywords)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def hurried(obj: Any, *args: Any, **keywords: Any) -> Timed:
    """Call `acquire`, which is not to wait; again if it seems to, and the first was refused.

    Return the call that took the fewest ticks.
    """
    with _Clock(TICK) as clock:
        best = _acquire(clock, obj, args, keywords)
        for _ in range(_TIMES - 1):
            if best.acquired is not False or not best.ticks:
                break
            best = min(best, _acquire(clock, obj, args, keywords), key=lambda one: one.ticks)
        return best


@record
class Repeated(NamedTuple):
    """How often a method was called, and each different result once."""

    times: int
    results: list[Any]


def repeat(obj: Any, method: str, times: int) -> Repeated:
    """Call a method without arguments so often, or as often as a slow one can be for a while."""
    call = getattr(obj, method)
    results: list[Any] = []
    until = time.monotonic() + _LONGEST
    for done in range(times):
        got = call()
        if got not in results:
            results.append(got)
        if time.monotonic() > until:
            return Repeated(done + 1, results)
    return Repeated(times, results)
