"""Spies that fail when they are used, or swallow what was raised."""

from __future__ import annotations

import builtins
from typing import Any

from .spies import SpyLock


class FailingLock(SpyLock):
    """A spy that raises the built-in exception `kind` at each "acquire" or "release".

    An acquire that fails is recorded as "failed acquire"; a release that fails has released it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at = ""
        self.kind = ""

    def _fail(self) -> None:
        raise getattr(builtins, self.kind)("of the lock")

    def acquire(self, *how: Any, **how_long: Any) -> bool:
        """Acquire the lock, or fail."""
        if self.at == "acquire":
            self.events.append("failed acquire")
            self._fail()
        return super().acquire(*how, **how_long)

    def release(self) -> None:
        """Release the lock, and perhaps fail then."""
        if self.depth == 0:
            self.events.append("release of what is free")
        super().release()
        if self.at == "release":
            self._fail()


class SuppressingLock(SpyLock):
    """A spy whose `__exit__` swallows what was raised in its block."""

    def __exit__(self, *exc_info: object) -> bool:
        self.release()
        return True
