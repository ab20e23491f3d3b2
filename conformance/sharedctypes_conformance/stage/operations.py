"""What actors did, as values: the history's entries, which keep no object alive.

An operation is what an actor did, an `Action`, with the time that it took and its outcome. An
action is a call as it was made; where the call that was made tells a reader nothing, as that which
starts a child, it is what was done by it, with a name for each part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..actors.runtime import records
from ..actors.runtime.processes import New
from .handles import Handle, kind_of, number_of
from .names import Name, is_of_actors, name_of


@dataclass(frozen=True)
class ObjectRef:
    """Stands for an object in the history without keeping it alive."""

    number: int
    kind: str


@dataclass(frozen=True)
class Call:
    """A call of a function: a `Name`, a `CType` or a reference to an object."""

    function: object
    args: tuple[Any, ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def long_running(self) -> bool:
        """Whether it may sleep for as long as other processes and threads take."""
        return isinstance(self.function, Name) and self.function.long_running


@dataclass(frozen=True)
class Start:
    """The start of a child or thread, by its name, with the objects that it was given.

    `inherited` are those that the parent had, None for a thread; `new` those made for the child.
    """

    name: str
    inherited: tuple[ObjectRef, ...] | None = None
    new: tuple[New, ...] = ()
    long_running = True


Action = Call | Start


@dataclass(frozen=True)
class Operation:
    """One action of one actor.

    `began` and `ended` are nanoseconds of the machine's monotonic clock, None while it lasts.
    `outcome` is ("returned", value, None) or ("raised", class names, text).
    """

    actor: str
    action: Action
    began: int | None = None
    ended: int | None = None
    outcome: tuple[str, Any, Any] | None = None


def call_of(function: object, args: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
    """Return a call as the history keeps it."""
    return Call(without_handles(function), without_handles(args), without_handles(keywords))


def reference_to(handle: Handle) -> ObjectRef:
    """Return what stands for a handle's object."""
    return ObjectRef(number_of(handle), kind_of(handle))


# What most arguments are, and nothing is to be looked for in.
_WITHOUT_PARTS = frozenset((Name, str, int, bool, float, bytes, type(None)))


def without_handles(value: Any) -> Any:
    """Return `value` with references for handles, which keep no object, and names for functions."""
    kind = type(value)
    if kind in _WITHOUT_PARTS:
        return value
    if kind is Handle:
        return reference_to(value)
    if kind is tuple:
        return tuple(map(without_handles, value))
    if kind is list:
        return list(map(without_handles, value))
    if kind is dict:
        return {key: without_handles(item) for key, item in value.items()}
    if records.is_record(value):
        return kind(*map(without_handles, value))
    return name_of(value) if is_of_actors(value) else value
