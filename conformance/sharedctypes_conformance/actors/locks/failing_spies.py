"""Spies that fail as they are used, or swallow what was raised."""

from __future__ import annotations

import builtins
from typing import Any

from .spies import SpyLock


class FailingLock(SpyLock):
    """A spy that raises the built-in exception that it is told to, at each acquire or release.

    What fails is written down as "failed acquire"; a release that fails has given the lock back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at = ""
        self.kind = ""

    def _fail(self) -> None:
        raise getattr(builtins, self.kind)("of the lock")

    def acquire(self, *how: Any, **how_long: Any) -> bool:
        """Take the lock, or fail."""
        if self.at == "acquire":
            self.events.append("failed acquire")
            self._fail()
        return super().acquire(*how, **how_long)

    def release(self) -> None:
        """Give the lock back, and perhaps fail then."""
        if self.depth == 0:
            self.events.append("release of what is free")
        super().release()
        if self.at == "release":
            self._fail()


class Swallower(SpyLock):
    """A spy whose `__exit__` has what was raised in its block swallowed."""

    def __exit__(self, *exc_info: object) -> bool:  # type: ignore[override]
        self.release()
        return True
