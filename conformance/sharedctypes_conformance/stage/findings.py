"""What can go wrong on a stage, told apart by whose fault it is.

A `Finding` is something the backend under test did: it becomes a verdict. A `StageFault` is
something this project did: it becomes an `error`, whatever the backend looks like.
"""

from __future__ import annotations

import signal
from typing import NamedTuple


class Raised(NamedTuple):
    """An exception that the backend raised: the name of its class, as in a traceback, its text."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


class Finding(Exception):
    """Something the backend did that its contract does not allow.

    `raised` are the exceptions that it tells of.
    """

    raised: tuple[Raised, ...] = ()


class NotKept(Finding):
    """An observation differs from what the clause says; the text has both."""

    def __init__(self, text: str, *raised: Raised) -> None:
        self.raised = raised
        super().__init__(text)


class OperationRaised(Finding):
    """An operation raised in its actor.

    `names` are the dotted names of the exception's class and its bases, nearest first.
    """

    def __init__(self, operation: str, names: tuple[str, ...], text: str) -> None:
        self.names = names
        self.text = text
        self.raised = (Raised(short_name(names[0]), text),)
        super().__init__(f"{operation} raised {self.raised[0]}")


class LeftBehind(Finding):
    """Something is still there that should have gone with what needed it; the text says what."""


class ActorDied(Finding):
    """A process of the backend ended during an operation, with its exit code and signal."""

    def __init__(self, who: str, operation: str, code: int | None, output: str) -> None:
        self.code = code
        self.output = output
        super().__init__(f"{who} {describe_exit(code)} during {operation}")


class ActorHung(Finding):
    """An operation did not end in time; `stacks` shows where every actor stood."""

    def __init__(self, who: str, operation: str, seconds: float, stacks: str) -> None:
        self.stacks = stacks
        super().__init__(f"{who} did not return from {operation} within {seconds:g} s")


class StageFault(Exception):
    """The suite itself is at fault, or the machine: no statement about the backend."""


class Refused(Exception):
    """The backend does not make the object that an example is about.

    Whether it has to is the business of the clauses on making objects; to others the example says
    nothing.
    """


class Unjudged(Exception):
    """The check could not observe what it judges; the text says why."""


def short_name(dotted: str) -> str:
    """Return a class name as a reader of tracebacks knows it."""
    return dotted.removeprefix("builtins.")


def raised_in(line: str) -> Raised:
    """Return the exception of which a line of a program's stderr tells."""
    name, _, text = line.partition(": ")
    return Raised(name, text)


def describe_exit(code: int | None) -> str:
    """Return how a process with this exit code ended, as `died of SIGSEGV`."""
    if code is None:
        return "left its connection without ending"
    if code >= 0:
        return f"ended with exit status {code}"
    try:
        return f"died of {signal.Signals(-code).name}"
    except ValueError:
        return f"died of signal {-code}"
