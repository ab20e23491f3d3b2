"""Signals that arrive while an actor waits for a lock.

Outside of the wait they do nothing, so that one which arrives too early or too late does not affect
the actor. Signals are handled in the main thread: only actors that serve there can do this.
"""

from __future__ import annotations

import signal
from typing import Any

_before: dict[int, Any] = {}
_waits = False
_seen = 0


def _note(_number: int, _frame: Any) -> None:
    """Count a signal, and do nothing else."""
    global _seen
    if _waits:
        _seen += 1


def _interrupt(number: int, frame: Any) -> None:
    """Do what Python does by default on Ctrl-C."""
    global _waits
    if _waits:
        _waits = False
        signal.default_int_handler(number, frame)


def expect(number: int, interrupts: bool) -> None:
    """Have a signal raise KeyboardInterrupt, or be counted, while `acquire` below waits."""
    global _seen
    _seen = 0
    _before[number] = signal.signal(number, _interrupt if interrupts else _note)


def expect_no_more(number: int) -> int:
    """Handle a signal as before; return how many were counted."""
    before = _before.pop(number)
    # It is None where the handler was set by another than Python.
    signal.signal(number, signal.SIG_DFL if before is None else before)
    return _seen


def acquire(lock: Any, *args: Any, **keywords: Any) -> Any:
    """Call `acquire`."""
    global _waits
    _waits = True
    try:
        return lock.acquire(*args, **keywords)
    finally:
        _waits = False
