"""Locks that lack something, or tell which of their methods are called."""

from __future__ import annotations

from typing import Any

from ..runtime import processes
from ..threads.helpers import at_once


class AcquireOnly:
    """A lock that cannot be released."""

    def acquire(self) -> bool:
        """Pretend to take the lock."""
        return True


class WithoutWith(AcquireOnly):
    """A lock that a `with` statement does not take."""

    def release(self) -> None:
        """Pretend to give the lock back."""


class Telltale:
    """A lock of one thread that writes down the names of the methods that are called."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def acquire(self, *_how: Any, **_how_long: Any) -> bool:
        """Write it down."""
        self.called.append("acquire")
        return True

    def release(self) -> None:
        """Write it down."""
        self.called.append("release")

    def __enter__(self) -> bool:
        self.called.append("__enter__")
        return True

    def __exit__(self, *exc_info: object) -> None:
        self.called.append("__exit__")


def lend_methods(lock: Any, other: Any) -> None:
    """Put the methods of `other` on the object `lock`."""
    lock.acquire, lock.release = other.acquire, other.release


def are_one(lock: Any, other: Any) -> bool:
    """Return whether two free locks are one: whoever has the first keeps others from the second."""
    if lock is other:
        return True
    taken: list[bool] = []

    def take() -> None:
        taken.append(bool(other.acquire(False)))
        if taken[-1]:
            other.release()

    lock.acquire()
    at_once(take)
    lock.release()
    at_once(take)
    return taken == [False, True]


class OwnLock:
    """A user's lock: a Lock of the backend's context behind the methods of a lock, and no more.

    It goes to a child as any object does, by inheritance.
    """

    kind = "Lock"

    def __init__(self) -> None:
        self._own = processes.new_lock(self.kind)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take the lock; return whether it was had."""
        taken: bool = self._own.acquire(block, timeout)
        return taken

    def release(self) -> None:
        """Give the lock back."""
        self._own.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()


class OwnRLock(OwnLock):
    """A user's recursive lock."""

    kind = "RLock"
