"""The history: what was done on a stage, by which actor, and its outcome.

It is the evidence for a verdict. Operations are recorded as they happen, in the cheapest form, and
formatted only for a failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from . import history_in_words
from .operations import Operation

# Nobody reads more than this; the last operations are the ones that matter.
LENGTH = 400


class History:
    """The operations of one example, oldest first."""

    def __init__(self) -> None:
        self.operations: deque[Operation] = deque(maxlen=LENGTH)
        self._paused = False

    def clear(self) -> None:
        """Forget everything: a new example begins."""
        self.operations.clear()

    def add(self, operation: Operation) -> None:
        """Append an operation, unless the history is paused."""
        if not self._paused:
            self.operations.append(operation)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not record what is done in the block: preparations that do not help a reader."""
        before, self._paused = self._paused, True
        try:
            yield
        finally:
            self._paused = before

    def lines(self) -> list[str]:
        """Return the history as one line of code per operation, prefixed by the actor's name."""
        return history_in_words.lines(self.operations)
