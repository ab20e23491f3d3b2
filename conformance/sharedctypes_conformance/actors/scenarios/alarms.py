"""SIGALRM, sent by a timer in the middle of whatever the main thread does.

The timer is set anew for each round: one that goes on by itself could keep a slow machine in the
handler.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from typing import Any

# When an alarm comes that is to interrupt what begins now: between these, in seconds.
_SOON = 20e-6, 200e-6


class Alarms:
    """Alarms that a function handles during a `with` block; `seed` varies when they come."""

    def __init__(self, handler: Callable[[int, Any], None], seed: int) -> None:
        self._handler = handler
        self._random = random.Random(seed)  # noqa: S311 - it only varies when a signal comes
        self._before: Any = None

    def __enter__(self) -> Alarms:  # noqa: PYI034 - Self is not in Python 3.8
        self._before = signal.signal(signal.SIGALRM, self._handler)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.cancel()
        # It is None where the handler was set by another than Python.
        signal.signal(signal.SIGALRM, signal.SIG_DFL if self._before is None else self._before)

    def set_soon(self, again_after: float = 0) -> None:
        """Have an alarm come at a random moment soon, and others every so many seconds after it."""
        signal.setitimer(signal.ITIMER_REAL, self._random.uniform(*_SOON), again_after)

    @staticmethod
    def set_after(seconds: float) -> None:
        """Have the next alarm come after some seconds, and no other."""
        signal.setitimer(signal.ITIMER_REAL, seconds)

    @staticmethod
    def cancel() -> None:
        """Have no alarm come."""
        signal.setitimer(signal.ITIMER_REAL, 0)
