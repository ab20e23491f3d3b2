"""What can go wrong on a stage, by whose fault it is.

A `Finding` is something that the backend did: it becomes a verdict. A `StageFault` is a bug in the
suite or a problem of the machine: it becomes an `error`, and says nothing about the backend.
"""

from __future__ import annotations

import signal
from typing import Any, NamedTuple


class Raised(NamedTuple):
    """An exception that the backend raised: its class as tracebacks name it, and its text."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


class Returned(NamedTuple):
    """A value of the wrong kind that the backend returned: the dotted name of its class.

    `by` is the function that returned it, "" if that does not matter: if the class is peculiar.
    """

    kind: str
    by: str = ""


class Unlocked(NamedTuple):
    """An access that did not use the lock: which one, whatever it read or assigned."""

    access: str

    def __str__(self) -> str:
        return f"{self.access} does not use the lock"


Cause = Raised | Returned | Unlocked


class Moment(NamedTuple):
    """One operation in a picture of a history.

    `began` and `ended` are nanoseconds since the first one began, `ended` None if it did not end.
    `effect` is how much deeper its actor holds the lock afterwards. If `is_judged`, it is what the
    finding is about.
    """

    actor: str
    began: int
    ended: int | None
    code: str
    effect: int = 0
    is_judged: bool = False


class Finding(Exception):
    """Something the backend did that its contract does not allow.

    `causes` has what it raised or returned according to the text, or which access was without its
    lock: findings with the same causes probably show the same defect. `suspects` are those steps of
    the example that may be enough, None if nobody knows. `about` is the operation that it is about,
    None for the last one; `moments` is what a picture of it shows, if that is not the history.
    """

    causes: tuple[Cause, ...] = ()
    suspects: Any = None
    about: Any = None
    moments: tuple[Moment, ...] = ()
    # What was seen, and what should be, each as `returned VALUE` or `raised CLASS`; "" if the
    # finding is about more than the outcome of one operation.
    seen: str = ""
    wanted: str = ""
    # How many operations followed that one in the same call.
    after: int = 0


class NotKept(Finding):
    """The backend did something that the clause does not allow; the text says what."""

    def __init__(self, text: str, *causes: Cause) -> None:
        self.causes = causes
        super().__init__(text)

    def of(self, seen: str, wanted: str, after: int = 0) -> NotKept:
        """Return this finding, about an outcome that was not the wanted one.

        So many operations came `after` that one in the same call.
        """
        self.seen, self.wanted, self.after = seen, wanted, after
        return self


class Missing(NotKept):
    """The backend lacks one of the six functions, which the check needs."""


class OperationRaised(Finding):
    """An operation raised in its actor.

    `names` are the dotted names of the exception's class and its bases, nearest first.
    """

    def __init__(self, operation: str, names: tuple[str, ...], text: str) -> None:
        self.names = names
        self.text = text
        raised = Raised(short_name(names[0]), text)
        self.causes = (raised,)
        super().__init__(f"{operation} raised {raised}")


class LeftBehind(Finding):
    """Something was left behind that should have been removed; the text says what."""


class ActorDied(Finding):
    """A process of the backend ended during an operation, with its exit code and signal."""

    def __init__(self, who: str, operation: str, code: int | None, output: str) -> None:
        self.code = code
        self.output = output
        super().__init__(f"{who} {describe_exit(code)} during {operation}")


class ActorHung(Finding):
    """An operation did not return in time; `stacks` has the stacks of every actor."""

    def __init__(self, who: str, operation: str, seconds: float, stacks: str) -> None:
        self.seconds = seconds
        self.stacks = stacks
        super().__init__(f"{who} did not return from {operation} within {seconds:g} s")


class StageFault(Exception):
    """A bug in the suite, or a problem of the machine: no statement about the backend."""


class MachineFault(StageFault):
    """The machine lacks something that every check needs; the text says what."""


class Refused(Exception):
    """The backend refuses to construct the object that an example needs.

    Whether it may is judged by the clauses on construction; for others the example shows nothing.
    """


class Unjudged(Exception):
    """The check could not observe what it judges; the text says why.

    `finding` is what the backend did that was in the way, None if it was something else.
    """

    def __init__(self, text: str, finding: Finding | None = None) -> None:
        self.finding = finding
        super().__init__(text)


class GaveUp(Unjudged):
    """An operation was not waited for as long as it takes to say that it hangs.

    The finding is what it would be if it does.
    """

    def __init__(self, hang: ActorHung, lost: float) -> None:
        text = f"{hang}, and was not waited for longer: {lost:.0f} s had been lost by other hangs"
        super().__init__(text, hang)


def short_name(dotted: str) -> str:
    """Return a class name as tracebacks show it."""
    return dotted.removeprefix("builtins.")


def raised_in(line: str) -> Raised:
    """Return the exception in a line of a program's stderr."""
    name, _, text = line.partition(": ")
    return Raised(name, text)


def describe_exit(code: int | None) -> str:
    """Return how a process with this exit code ended, as `died of SIGSEGV`."""
    if code is None:
        return "closed its connection without exiting"
    if code >= 0:
        return f"ended with exit status {code}"
    try:
        return f"died of {signal.Signals(-code).name}"
    except ValueError:
        return f"died of signal {-code}"
