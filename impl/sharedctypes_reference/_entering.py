"""How a `with` statement takes a lock in C, so that no interrupt makes it keep the lock.

The story: a signal handler may raise wherever the interpreter looks for signals.  From 3.10 on it
does not look between a call of `__enter__` in C and the block that it opens, which gives the lock
back.  3.14 does; but not after an `__enter__` in Python, which can look at its lock again when
something was raised on the way in.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

_LOOKS_AFTER_ENTERING = sys.implementation.name == "cpython" and sys.version_info[:2] == (3, 14)


def enter_of(lock: Any, is_mine: str, count: str, recursive: bool) -> Callable[[], Any]:
    """Return what is to be called as the `__enter__` of a lock.

    `is_mine` and `count` name the methods that tell whether this thread has it, and how often.
    """
    if not _LOOKS_AFTER_ENTERING:
        enter: Callable[[], Any] = lock.__enter__
        return enter
    if recursive:
        return _again_and_again(lock.acquire, lock.release, getattr(lock, is_mine))
    return _once(lock.acquire, lock.release, getattr(lock, is_mine), getattr(lock, count))


def _again_and_again(
    acquire: Callable[[], Any], release: Callable[[], Any], is_mine: Callable[[], bool]
) -> Callable[[], Any]:
    def enter() -> Any:
        try:
            return acquire()
        except BaseException:
            # Raised while it waited, when another had the lock. Or when this thread had it: who has
            # a recursive lock already gets it without waiting.
            if is_mine():
                release()
            raise

    return enter


def _once(
    acquire: Callable[[], Any],
    release: Callable[[], Any],
    is_mine: Callable[[], bool],
    count: Callable[[], int],
) -> Callable[[], Any]:
    def enter() -> Any:
        before = count() if is_mine() else 0
        try:
            return acquire()
        except BaseException:
            # Raised while it waited, perhaps for itself, or when it had the lock.
            if is_mine() and count() > before:
                release()
            raise

    return enter


class RLock:
    """A `threading.RLock` for `with` statements only."""

    # Slots that hold the lock's own methods, and no functions that call them: nothing is done in
    # between.
    __slots__ = ("__enter__", "__exit__")

    def __init__(self) -> None:
        lock = threading.RLock()
        self.__enter__ = enter_of(lock, "_is_owned", "_recursion_count", True)
        self.__exit__ = lock.__exit__
