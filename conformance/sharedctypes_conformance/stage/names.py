"""Names of what exists only in the target interpreter: functions, classes, types.

A function of `actors` is passed as itself, as in `actor.call(calls.is_same, one, other)`, so that
editors and type checkers find it. The suite never calls it: its name is sent, and the actor looks
it up in its own copy of the package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from .. import actors
from ..actors.runtime import type_names
from .findings import StageFault

# The name of the actors' package in the target interpreter.
ACTORS_AS = "sharedctypes_actors"


@dataclass(frozen=True)
class Name:
    """A function, class or module of the target interpreter, by its dotted name.

    `long_running` is that of a function of `actors` with this mark.
    """

    dotted: str
    long_running: bool = field(default=False, compare=False)

    def __call__(self, *_args: Any, **_keywords: Any) -> Any:
        """Refuse: this class is callable for the type checker, where it stands for a function."""
        raise StageFault(f"{self} is a function of the target interpreter; call it in an actor")

    def __str__(self) -> str:
        return self.dotted.removeprefix("builtins.").removeprefix(f"{ACTORS_AS}.")


@dataclass(frozen=True)
class CType:
    """A ctypes type of the target interpreter, by its name in `actors.runtime.type_names`."""

    name: str

    def __str__(self) -> str:
        return str(type_names.read(self.name))


# What can be called in an actor, besides handles.
Remote = Callable[..., Any] | Name | CType | str


def is_of_actors(what: object) -> bool:
    """Return whether something is a function or class of `actors`."""
    return isinstance(what, FunctionType | type) and what.__module__.startswith(
        f"{actors.__name__}."
    )


def name_of(function: object) -> Name:
    """Return the name by which the target interpreter finds a function.

    `function` is one of `actors`, or a dotted name of anything else that can be imported there.
    Raises StageFault for a function that the target interpreter does not have.
    """
    if isinstance(function, Name):
        return function
    if isinstance(function, str):
        return Name(function)
    if not is_of_actors(function):
        raise StageFault(
            f"{function!r} is not a function of {actors.__name__}; give its dotted name"
        )
    assert isinstance(function, FunctionType | type)
    long_running = getattr(function, "long_running", False)
    return Name(f"{module_in_target(function.__module__)}.{function.__qualname__}", long_running)


def module_in_target(module: str) -> str:
    """Return the name that a module of `actors` has in the target interpreter."""
    return ACTORS_AS + module.removeprefix(actors.__name__)
