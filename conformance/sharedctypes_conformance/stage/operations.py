"""The entries of the history, as values that keep no object alive.

An operation is an `Action` of an actor, with its times and its outcome. An action is a call as it
was made; or, if that call would tell a reader nothing, as the one that starts a child, what it did,
with a name for each part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..actors.runtime import calls, records
from ..actors.runtime.processes import New
from .handles import Handle, attribute_of, kind_of, number_of, origin_of
from .names import Name, is_of_actors, name_of


@dataclass(frozen=True)
class ObjectRef:
    """Stands for an object in the history without keeping it alive.

    `attribute` is the name of an attribute of another object that it was fetched as, "" if none;
    `origin` the number of that object, or of one that belongs to it otherwise, 0 if none.
    """

    number: int
    kind: str
    attribute: str = field(default="", compare=False)
    origin: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A call of a function: a `Name`, a `CType` or a reference to an object."""

    function: object
    args: tuple[Any, ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def long_running(self) -> bool:
        """Whether it may wait for other processes and threads."""
        return isinstance(self.function, Name) and self.function.long_running


@dataclass(frozen=True)
class Start:
    """The start of a child or thread, by its name, with the objects that were passed to it.

    `inherited` are objects that the parent had, None for a thread; `new` those created for the
    child. `number` is that of its actor.
    """

    name: str
    inherited: tuple[ObjectRef, ...] | None = None
    new: tuple[New, ...] = ()
    number: int = 0
    long_running = True


@dataclass(frozen=True)
class Told:
    """What an actor did, as code: several steps of a program, sent to it as one call."""

    code: str
    long_running = True


@dataclass(frozen=True)
class Run:
    """A run of a whole program: its file, its arguments, and what came of it.

    `code` is its exit code, None if it did not end in time; `wanted` are the lines that it
    should print.
    """

    program: Path
    arguments: tuple[str, ...]
    code: int | None
    printed: str
    stderr: str
    wanted: tuple[str, ...] = ()
    long_running = True


Action = Call | Start | Told | Run


@dataclass(frozen=True)
class Operation:
    """One action of one actor.

    `began` and `ended` are nanoseconds of the machine's monotonic clock, None while it lasts.
    `outcome` is ("returned", value, None) or ("raised", class names, text). `number` is that of the
    actor, which tells apart those of one name. `call` is the call that was made where the action
    says it in other words.
    """

    actor: str
    action: Action
    began: int | None = None
    ended: int | None = None
    outcome: tuple[str, Any, Any] | None = None
    number: int = 0
    call: Call | None = None


def call_of(function: object, args: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
    """Return a call as the history records it."""
    return Call(without_handles(function), without_handles(args), without_handles(keywords))


def reference_to(handle: Handle) -> ObjectRef:
    """Return what stands for a handle's object."""
    return ObjectRef(number_of(handle), kind_of(handle), attribute_of(handle), origin_of(handle))


_CALL_METHOD = name_of(calls.call_method)


def method_of(action: Action) -> str:
    """Return the name of the method that an action calls, "" if it calls none."""
    if not isinstance(action, Call):
        return ""
    if isinstance(action.function, ObjectRef):
        return action.function.attribute
    if action.function == _CALL_METHOD:
        return str(action.args[1])
    return ""


# Methods whose result belongs to their object.
_FETCHING = ("get_lock", "get_obj")
_GETATTR = Name("builtins.getattr")


def object_of(action: Action) -> int:
    """Return the number of the object that an action is about, 0 if there is none."""
    if not isinstance(action, Call):
        return 0
    if isinstance(action.function, ObjectRef):
        return action.function.origin
    first = action.args[0] if action.args else None
    return first.number if isinstance(first, ObjectRef) else 0


def origin_in(action: Action) -> int:
    """Return the number of the object that what an action returned belongs to, 0 if to none.

    An attribute belongs to its object, and so do its lock and what it wraps; an object that was
    given a lock belongs to that.
    """
    if not isinstance(action, Call):
        return 0
    given = action.keywords.get("lock")
    if isinstance(given, ObjectRef):
        return given.number
    if action.function == _GETATTR or method_of(action) in _FETCHING:
        return object_of(action)
    return 0


# The types of most arguments, which contain no handles.
_WITHOUT_PARTS = frozenset((Name, str, int, bool, float, bytes, type(None)))


def without_handles(value: Any) -> Any:
    """Return `value` with handles replaced by references, and functions by their names."""
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
