"""Accesses: the operations through which a wrapper's object is read and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..actors.runtime import batches
from ..stage.actor import Actor, Pending, actor_of
from ..stage.descriptions import Description
from ..stage.findings import Unlocked
from ..stage.handles import Handle
from ..stage.history_in_words import describe_call
from ..stage.names import CType, Name, Remote, name_of
from ..stage.operations import Call, Operation
from .objects import POINT


@dataclass(frozen=True, init=False)
class Access:
    """One operation on an object: a function of the target interpreter with further arguments."""

    function: Name
    args: tuple[Any, ...]

    def __init__(self, function: Remote, args: tuple[Any, ...]) -> None:
        object.__setattr__(self, "function", name_of(function))
        object.__setattr__(self, "args", args)

    def __repr__(self) -> str:
        name = self.function.dotted.rpartition(".")[2]
        return f"{name}(obj, {', '.join(map(repr, self.args))})"

    @property
    def writes(self) -> bool:
        """Whether it assigns."""
        return self.function in (_SET_ATTRIBUTE, _SET_ITEM)

    @property
    def reads(self) -> bool:
        """Whether it is known to change nothing."""
        return self.function in (_GET_ATTRIBUTE, _GET_ITEM)

    @property
    def is_of_attribute(self) -> bool:
        """Whether it reads or assigns an attribute."""
        return self.function in (_GET_ATTRIBUTE, _SET_ATTRIBUTE)

    @property
    def unlocked(self) -> Unlocked:
        """The finding that it does not use the lock, the same whatever is read or assigned."""
        what = f".{self.args[0]}" if self.is_of_attribute else ""
        return Unlocked(f"{self.function.dotted.rpartition('.')[2]}(wrapper{what})")

    def carry_out(self, obj: Handle) -> Any:
        """Carry it out in the actor that owns the handle."""
        return actor_of(obj).call(self.function, obj, *self.args)

    def begin(self, obj: Handle) -> Pending[Any]:
        """Begin it in the actor that owns the handle."""
        actor: Actor = actor_of(obj)
        return actor.begin(self.function, obj, *self.args)

    def on(self, obj: object) -> str:
        """Return it as code, with `obj` as the name of the object."""
        return describe_call(self.function, (Name(str(obj)), *self.args), {})


_GET_ATTRIBUTE, _SET_ATTRIBUTE = Name("builtins.getattr"), Name("builtins.setattr")
_GET_ITEM, _SET_ITEM = Name("operator.getitem"), Name("operator.setitem")


def get_attribute(name: str) -> Access:
    """Return a read of an attribute."""
    return Access(_GET_ATTRIBUTE, (name,))


def set_attribute(name: str, value: Any) -> Access:
    """Return an assignment to an attribute."""
    return Access(_SET_ATTRIBUTE, (name, value))


def get_item(index: int | slice) -> Access:
    """Return a read of an item or a slice."""
    return Access(_GET_ITEM, (index,))


def set_item(index: int | slice, value: Any) -> Access:
    """Return an assignment to an item or a slice."""
    return Access(_SET_ITEM, (index, value))


_PLAY = name_of(batches.play)


def accesses_of(operation: Operation) -> Iterator[tuple[object, Access]]:
    """Yield what an operation of a history did to objects: each object, with the access."""
    action = operation.action
    if not isinstance(action, Call) or not isinstance(action.function, Name):
        return
    if action.function == _PLAY:
        obj, calls, _ = action.args
        for function, args in calls:
            yield obj, Access(function, args)
    elif action.args:
        yield action.args[0], Access(action.function, action.args[1:])


# One object of each category of wrapper, and every access that it offers.

SAMPLES: dict[Description, tuple[Access, ...]] = {
    Description("Value", "i", (7,)): (get_attribute("value"), set_attribute("value", 49)),
    Description("Array", "h", ((1, 2, 3),)): (
        get_item(1),
        set_item(-1, 30),
        get_item(slice(None)),
        set_item(slice(0, 2), [10, 20]),
    ),
    Description("Array", "c", (b"hello world",)): (
        get_attribute("value"),
        set_attribute("value", b"HELLO"),
        get_attribute("raw"),
        set_attribute("raw", b"WORLD"),
        get_item(4),
        set_item(0, b"J"),
        get_item(slice(2, 5)),
        set_item(slice(0, 2), b"ab"),
    ),
    Description("Value", CType(POINT), (1.5, -2.5)): (
        get_attribute("x"),
        set_attribute("x", 3.25),
        get_attribute("y"),
        set_attribute("y", -8.0),
    ),
    Description("Array", CType(POINT), (((1.5, -2.5), (0.0, 3.0)),)): (
        get_item(0),
        set_item(1, (4.0, 5.0)),
        get_item(slice(None)),
    ),
}

SAMPLE_NAMES = dict(
    zip(SAMPLES, ("number", "array", "string", "structure", "structures"), strict=True)
)


def samples(*locks: str | bool) -> dict[Description, tuple[Access, ...]]:
    """Return the samples under each of the given locks (see `Description`)."""
    return {
        Description(one.maker, one.type, one.args, lock): accesses
        for one, accesses in SAMPLES.items()
        for lock in locks
    }
