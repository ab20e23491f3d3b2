"""Expectations: attempt an operation, compare outcomes, expect a value or an exception.

An outcome is data, so that what a wrapper did can be compared with what a plain ctypes object did
in the same interpreter. Exceptions are compared by class, never by text, and what is derived from a
class is of that class, too; values by class and repr, which distinguishes 1 from True, and makes
nan equal to nan; ctypes objects by type and bytes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ...actors.runtime import calls
from ...stage.actor import actor_of
from ...stage.findings import (
    Cause,
    NotKept,
    OperationRaised,
    Unjudged,
    short_name,
)
from ...stage.handles import Handle, in_words, kind_of, not_plain
from ...stage.patience import PATIENCE
from ...stage.stage import Stage

# A longer text of a value is cut: characters.
_LONG = 400


@dataclass(frozen=True)
class Outcome:
    """The outcome of an operation: `how` is "returned" or "raised".

    `causes` has what was raised with its text, which does not matter where outcomes are compared;
    `bases` has the bases of its class.
    """

    how: str
    what: object
    causes: tuple[Cause, ...] = field(default=(), compare=False)
    bases: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.how} {_as_text(self.what)}"

    def is_like(self, wanted: Outcome) -> bool:
        """Return whether it is the wanted outcome, or an exception of a class derived from that."""
        return self == wanted or (wanted.how == "raised" and wanted.what in self.bases)

    @property
    def in_full(self) -> str:
        """The outcome with the text of what was raised."""
        return " ".join([self.how, *map(str, self.causes)] if self.causes else [str(self)])


def attempt(operation: Callable[[], object]) -> Outcome:
    """Carry out an operation and return its outcome."""
    try:
        return Outcome("returned", _as_data(operation()))
    except OperationRaised as raised:
        name, *bases = map(short_name, raised.names)
        return Outcome("raised", name, raised.causes, tuple(bases))


def _as_data(value: object) -> object:
    if isinstance(value, Handle):
        return in_words(value)
    if type(value) is list:
        return [_as_data(item) for item in value]
    return repr(value)


def _as_text(data: object) -> str:
    """Return what `_as_data` returned as text."""
    return f"[{', '.join(map(_as_text, data))}]" if isinstance(data, list) else str(data)


def expect(got: object, wanted: object, what: str, *causes: Cause) -> None:
    """Raise NotKept unless `got` is `wanted`, in class and repr; `what` is the call observed."""
    shown, should_be = _as_data(got), _as_data(wanted)
    if shown != should_be:
        causes = not_plain(got).causes if isinstance(got, Handle) else causes
        outcomes = (f"returned {_as_text(shown)}", f"returned {_as_text(should_be)}")
        shown, should_be = _around_difference(_as_text(shown), _as_text(should_be))
        raise NotKept(f"{what} gave {shown}, should be {should_be}", *causes).of(*outcomes)


def _around_difference(one: str, other: str) -> tuple[str, str]:
    """Return two texts that differ, cut where they are alike if they are long."""
    if max(len(one), len(other)) <= _LONG:
        return one, other
    first = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    begin = max(0, first - _LONG // 4)
    return _cut(one, begin), _cut(other, begin)


def _cut(text: str, begin: int) -> str:
    part = text[begin : begin + _LONG // 2]
    return f"{'...' * (begin > 0)}{part}{'...' * (begin + len(part) < len(text))}"


def expect_that(fact: bool, what: str) -> None:
    """Raise NotKept unless a fact that an actor observed is true; `what` states it."""
    if fact is not True:
        raise NotKept(f"it is not true that {what}").of(f"returned {fact!r}", "returned True")


def expect_same(got: Outcome, wanted: Outcome, what: str, after: int = 0) -> None:
    """Raise NotKept unless two outcomes are the same, or what was raised is of a derived class.

    `after` says how many operations of the same call follow the observed one.
    """
    if not got.is_like(wanted):
        shown, should_be = _around_difference(got.in_full, str(wanted))
        finding = NotKept(f"{what} {shown}, the plain ctypes object {should_be}", *got.causes)
        raise finding.of(str(got), str(wanted), after)


def expect_raises(operation: Callable[[], object], what: str, *names: str) -> None:
    """Raise NotKept unless an operation raises one of the named built-in exceptions."""
    wanted = " or ".join(names)
    try:
        value = operation()
    except OperationRaised as raised:
        if not {f"builtins.{name}" for name in names} & set(raised.names):
            message = f"{what} raised {raised.causes[0]}, should raise {wanted}"
            seen = f"raised {short_name(raised.names[0])}"
            raise NotKept(message, *raised.causes).of(seen, f"raised {wanted}") from None
        return
    seen = f"returned {'an object' if isinstance(value, Handle) else repr(value)}"
    raise NotKept(f"{what} gave {value!r}, should raise {wanted}").of(seen, f"raised {wanted}")


def outcome_of(value: object) -> Outcome:
    """Return a value as the outcome of an operation that returned it."""
    return Outcome("returned", _as_data(value))


def expect_is(got: Handle, wanted: Handle, what: str) -> None:
    """Raise NotKept unless two handles stand for one object of one actor."""
    if not actor_of(got).call(calls.is_same, got, wanted):
        text = f"it is not true that {what}: they are two objects, {got!r} and {wanted!r}"
        raise NotKept(text).of("returned False", "returned True")


def expect_reentrant(lock: Handle, what: str) -> None:
    """Raise NotKept unless one thread can acquire a free lock twice."""
    acquired = 0
    for _ in range(2):
        if lock.acquire(False):
            acquired += 1
    for _ in range(acquired):
        lock.release()
    if acquired != 2:
        raise NotKept(f"{what} is not reentrant: its owner acquired it {acquired} times of 2")


def raised_by(operation: Callable[[], object], what: str, *names: str) -> bool:
    """Return whether an operation raised one of the named built-in exceptions.

    Raises NotKept if it raised anything else: this is for what may be refused, but only so.
    """
    try:
        operation()
    except OperationRaised as raised:
        if {f"builtins.{name}" for name in names} & set(raised.names):
            return True
        message = f"{what} raised {raised.causes[0]}, may raise {' or '.join(names)}"
        raise NotKept(message, *raised.causes) from None
    return False


def in_short(operation: Callable[[], object]) -> str:
    """Carry out an operation and describe its outcome, whatever that is: for observations."""
    try:
        value = operation()
    except OperationRaised as raised:
        return f"raised {short_name(raised.names[0])}"
    shown = f"a {kind_of(value)}" if isinstance(value, Handle) else repr(value)
    return f"returned {shown}"


def works(operation: Callable[[], object]) -> str:
    """Carry out an operation whose result does not matter: for observations."""
    outcome = in_short(operation)
    return outcome if outcome.startswith("raised") else "works"


def wait_until(stage: Stage, happened: Callable[[], bool], what: str) -> None:
    """Poll until something has happened; raises Unjudged if that takes too long.

    The number of polls varies, so they are left out of the history.
    """
    until = time.monotonic() + PATIENCE / 2
    with stage.history.paused():
        while not happened():
            if time.monotonic() > until:
                raise Unjudged(f"it took too long: {what}")
