"""Spies: locks that record their use, and can look at the memory while they are used."""

from __future__ import annotations

import threading
from typing import Any

from ..runtime.memory import contents, fill


class SpyLock:
    """A recursive lock of one thread that writes down each use.

    `events` holds "acquire" and "release", through whichever of the two protocols they came.
    With `on_acquire` set, these bytes are written into `memory` after each outermost acquire,
    past every wrapper: what is read under the lock must be them. At each outermost release the
    bytes of `memory` are kept in `seen`: what is written under the lock must be among them. With
    `on_release` set, these bytes replace them then: what is read too late will be them.
    """

    def __init__(self) -> None:
        self.events: list[str] = []
        self.depth = 0
        self.memory: Any = None
        self.on_acquire: bytes | None = None
        self.on_release: bytes | None = None
        self.at_acquire: list[bytes] = []
        self.seen: list[bytes] = []

    def acquire(self, *_how: Any, **_how_long: Any) -> bool:
        """Count one more; there is nobody to wait for."""
        self.events.append("acquire")
        self.depth += 1
        if self.memory is not None and self.depth == 1:
            self.at_acquire.append(contents(self.memory)[1])
            if self.on_acquire is not None:
                fill(self.memory, self.on_acquire)
        return True

    def release(self) -> None:
        """Count one less; raises AssertionError if there is none."""
        if self.depth == 0:
            raise AssertionError("released more often than acquired")
        if self.memory is not None and self.depth == 1:
            self.seen.append(contents(self.memory)[1])
            if self.on_release is not None:
                fill(self.memory, self.on_release)
        self.depth -= 1
        self.events.append("release")

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()


class FalsySpyLock(SpyLock):
    """A lock that is empty in the sense of `bool()`."""

    def __bool__(self) -> bool:
        return False


class EqualToAllSpyLock(SpyLock):
    """A lock that says of everything, `True` included, that it equals it."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class RecordingContext:
    """A context that keeps every RLock it gave."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.given: list[Any] = []

    def RLock(self) -> Any:  # noqa: N802 - the context's own name for it
        """Return a new RLock of the context."""
        lock = self._context.RLock()
        self.given.append(lock)
        return lock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


class NotALock:
    """An object without any of a lock's methods."""


class DuckLock:
    """A lock of `threading` behind nothing but the methods of a lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock; return whether it was had."""
        return self._lock.acquire(blocking, timeout)

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def __enter__(self) -> bool:
        return self._lock.__enter__()

    def __exit__(self, *exc_info: object) -> None:
        self._lock.release()
