"""The history: what was done on a stage, by which actor, and its outcome.

It is the evidence for a verdict. Operations are recorded as they happen, in the cheapest form, and
formatted only for a failure.

It is kept twice. What is shown to a reader leaves out preparations, and says what a pooled object
is as if it had been made for the example. The `steps` are all that was really done, from which a
program that does it again can be written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from . import history_in_words
from .operations import Action, Operation

# Nobody reads more than this; the last operations are the ones that matter.
LENGTH = 400

# No program of more steps is written.
MOST_STEPS = 4000


@dataclass(frozen=True)
class Begun:
    """An actor has begun an action, which others may overtake."""

    number: int
    action: Action


@dataclass(frozen=True)
class Asked:
    """Somebody looked whether an action that an actor had begun has ended."""

    number: int
    ended: bool


@dataclass(frozen=True)
class Dropped:
    """An actor has dropped objects, before whatever it does next."""

    number: int
    objects: tuple[int, ...]


@dataclass(frozen=True)
class Done:
    """An operation; one that is `aside` was not shown to the reader."""

    operation: Operation
    aside: bool


Step = Begun | Asked | Dropped | Done


@dataclass(frozen=True)
class Part:
    """A part of a history, which can be added to it again."""

    operations: tuple[Operation, ...]
    steps: tuple[Step, ...]


class History:
    """The operations of one example, oldest first.

    `steps` has as many as are of use: if there were more, the first are missing.
    """

    def __init__(self) -> None:
        self.operations: deque[Operation] = deque(maxlen=LENGTH)
        self.steps: deque[Step] = deque(maxlen=MOST_STEPS)
        self._paused = False
        self._aside = False

    def clear(self) -> None:
        """Forget everything: a new example begins."""
        self.operations.clear()
        self.steps.clear()

    def add(self, operation: Operation) -> None:
        """Append an operation, which the reader is not shown if the history is paused."""
        self.steps.append(Done(operation, self._aside))
        if not self._paused:
            self.operations.append(operation)

    def show(self, operation: Operation) -> None:
        """Append an operation that only the reader is shown: one in other words than it was."""
        if not self._paused:
            self.operations.append(operation)

    def note(self, step: Step) -> None:
        """Append a step that the reader is not shown."""
        self.steps.append(step)

    @contextmanager
    def paused(self, aside: bool = True) -> Iterator[None]:
        """Do not show what is done in the block: preparations that do not help a reader.

        It is `aside` from what the example does, and is not done again where nothing uses what it
        has made.
        """
        before = self._paused, self._aside
        self._paused, self._aside = True, self._aside or aside
        try:
            yield
        finally:
            self._paused, self._aside = before

    def mark(self) -> tuple[int, int]:
        """Return where the history ends now, for `since`."""
        return len(self.operations), len(self.steps)

    def since(self, mark: tuple[int, int] = (0, 0)) -> Part:
        """Return what has been added since a mark."""
        return Part(
            tuple(islice(self.operations, mark[0], None)), tuple(islice(self.steps, mark[1], None))
        )

    def repeat(self, part: Part) -> None:
        """Append a part of what was done in an earlier example, which this one goes on from."""
        self.operations.extend(part.operations)
        self.steps.extend(part.steps)

    def lines(self) -> list[str]:
        """Return the history as one line of code per operation, prefixed by the actor's name."""
        return history_in_words.lines(self.operations)
