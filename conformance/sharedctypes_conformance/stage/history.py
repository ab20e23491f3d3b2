"""The history: what was done on a stage, by whom, and its outcome.

It is the evidence of a verdict. Operations are kept as they happen, in the cheapest form, and put
into words only for a failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from . import history_in_words
from .operations import Operation

# More than this is no evidence that anyone reads; the last operations are the telling ones.
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
        """Leave out what is done in the block: preparations that no reader wants to follow."""
        before, self._paused = self._paused, True
        try:
            yield
        finally:
            self._paused = before

    def lines(self) -> list[str]:
        """Return the history as one line of code per operation, prefixed by the actor's name."""
        return history_in_words.lines(self.operations)
