"""Spies: locks that record how they are used, and can look at memory at that moment."""

from __future__ import annotations

from typing import Any

from ..runtime.memory import contents, fill


def _wait_of(block: bool = True, timeout: float | None = None) -> float | None:
    if not block:
        return 0.0
    return timeout if timeout is None else max(timeout, 0.0)


class RecordingLock:
    """A recursive lock of one thread that records its use in `events`, and never blocks.

    These are "acquire" and "release", through whichever of the two protocols they are called.
    `waits` has for how long each acquire was to wait at most: seconds, or None for as long as it
    takes.
    """

    def __init__(self) -> None:
        self.events: list[str] = []
        self.waits: list[float | None] = []

    def acquire(self, *how: Any, **how_long: Any) -> bool:
        """Record it."""
        self.waits.append(_wait_of(*how, **how_long))
        self.events.append("acquire")
        return True

    def release(self) -> None:
        """Record it."""
        self.events.append("release")

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> bool | None:
        self.release()
        return None


class SpyLock(RecordingLock):
    """A recording lock that also looks at memory while it is used.

    With `on_acquire` set, these bytes are written into `memory` after each outermost acquire,
    past every wrapper: what is read under the lock must be them. At each outermost release the
    bytes of `memory` are appended to `seen`: what is written under the lock must be among them.
    With `on_release` set, these bytes replace them then: what is read too late will be them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.memory: Any = None
        self.on_acquire: bytes | None = None
        self.on_release: bytes | None = None
        self.at_acquire: list[bytes] = []
        self.seen: list[bytes] = []

    def acquire(self, *how: Any, **how_long: Any) -> bool:
        """Record it, and count one more."""
        self.depth += 1
        if self.memory is not None and self.depth == 1:
            self.at_acquire.append(contents(self.memory)[1])
            if self.on_acquire is not None:
                fill(self.memory, self.on_acquire)
        return super().acquire(*how, **how_long)

    def release(self) -> None:
        """Record it, and count one less; raises AssertionError if there is none."""
        if self.depth == 0:
            raise AssertionError("released more often than acquired")
        if self.memory is not None and self.depth == 1:
            self.seen.append(contents(self.memory)[1])
            if self.on_release is not None:
                fill(self.memory, self.on_release)
        self.depth -= 1
        super().release()


class AnsweringLock(RecordingLock):
    """A recording lock whose `release` returns something that is true, which means nothing."""

    def release(self) -> str:  # type: ignore[override]
        """Record it."""
        super().release()
        return "released"


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


class ProtocolRecorder(RecordingLock):
    """A recording lock whose events are the names of the methods that are called."""

    def __enter__(self) -> bool:
        self.events.append("__enter__")
        return True

    def __exit__(self, *exc_info: object) -> bool | None:
        self.events.append("__exit__")
        return None


class RecordingContext:
    """A context that records every RLock that it gave."""

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
