"""The six functions, called in every form that their signatures allow.

A parameter is given by position, by name, or left out, and one that has a default is given the
default itself as well. In one process and one call there is time for all of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..locks.minimal_locks import OwnLock, OwnRLock
from ..runtime import processes
from ..runtime.batches import in_words
from ..runtime.memory import is_data, object_of
from ..runtime.records import record
from ..runtime.serve import explain


@record
class Misunderstood(NamedTuple):
    """A call in one of its forms, and what was wrong about it.

    `classes` are the names of the classes of an exception, which has the text.
    """

    call: str
    text: str
    classes: list[str]


_LOCKS: dict[str, Callable[[], Any]] = {
    "Lock()": lambda: processes.new_lock("Lock"),
    "RLock()": lambda: processes.new_lock("RLock"),
    "OwnLock()": OwnLock,
    "OwnRLock()": OwnRLock,
}


def misunderstood(
    functions: dict[str, Callable[..., Any]], kind: Any, init: Any
) -> tuple[int, list[Misunderstood]]:
    """Return how many calls were made, and those of other effect than the plainest one.

    `functions` has those of the six that there are. One that refuses even that one is left alone.
    """
    count, wrong = 0, []
    for name, function in functions.items():
        try:
            required = _required(functions, name, kind, init)
            wanted = in_words(object_of(function(*required.values())))
        except Exception:  # noqa: S112 - whether it may refuse them is said by other clauses
            continue
        for first, others in _forms(name, required):
            count += 1
            shown = [_in_short(argument) for argument in first]
            shown += [f"{key}={_in_short(argument)}" for key, argument in others.items()]
            call = f"{name}({', '.join(shown)})"
            try:
                text = _effect(function, first, others, wanted)
            except Exception as raised:  # whatever it raises is the outcome
                classes, text = explain(raised)
                wrong.append(Misunderstood(call, text, classes))
            else:
                if text:
                    wrong.append(Misunderstood(call, text, []))
    return count, wrong


def _required(
    functions: dict[str, Callable[..., Any]], name: str, kind: Any, init: Any
) -> dict[str, Any]:
    """Return the parameters without a default, with arguments, in their order."""
    if name.endswith("Array"):
        return {"typecode_or_type": kind, "size_or_initializer": init}
    if name.endswith("Value"):
        return {"typecode_or_type": kind}
    return {"obj": functions["RawArray"](kind, init)}


class _Argument:
    """An argument, which is made for each call; its repr is how it was made."""

    def __init__(self, shown: str, make: Callable[[], Any]) -> None:
        self._shown = shown
        self.make = make

    def __repr__(self) -> str:
        return self._shown


def _in_short(argument: Any) -> str:
    if isinstance(argument, type):
        return argument.__name__
    return "obj" if is_data(argument) else repr(argument)


def _forms(name: str, required: dict[str, Any]) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Yield what to give by position, and what by name."""
    for options in _options(name):
        arguments = [*required.items(), *options.items()]
        # Those of Value and Array come by name alone; `lock` comes before `ctx`.
        most = len(required)
        if name == "synchronized" and "lock" in options:
            most = len(arguments)
        for count in range(most + 1):
            yield [value for _, value in arguments[:count]], dict(arguments[count:])


def _options(name: str) -> Iterator[dict[str, Any]]:
    """Yield parameters with a default, as they are given: the default, another, or not at all."""
    if name not in ("Value", "Array", "synchronized"):
        yield {}
        return
    contexts: list[dict[str, Any]] = [
        {},
        {"ctx": None},
        {"ctx": _Argument("context", processes.context)},
    ]
    locks: list[Any] = [None, *(_Argument(*one) for one in _LOCKS.items())]
    if name != "synchronized":
        locks += [True, False]
    for lock in ({}, *({"lock": one} for one in locks)):
        for ctx in contexts:
            yield {**lock, **ctx}


def _effect(
    function: Callable[..., Any], first: list[Any], others: dict[str, Any], wanted: str
) -> str:
    """Return what is wrong about what a call has made, "" if nothing is."""
    lock: Any = None

    def given(argument: Any) -> Any:
        nonlocal lock
        if not isinstance(argument, _Argument):
            return argument
        made = argument.make()
        if repr(argument) in _LOCKS:
            lock = made
        return made

    made = function(
        *(given(argument) for argument in first),
        **{key: given(argument) for key, argument in others.items()},
    )
    got = in_words(object_of(made))
    if got != wanted:
        return f"made {got}, should make {wanted}"
    is_wrapper = hasattr(made, "get_lock")
    if lock is not None:
        is_its_own = is_wrapper and made.get_lock() is lock
        return "" if is_its_own else "made no wrapper that has the lock it was given"
    if is_wrapper:
        acquired = made.acquire()
        made.release()
        return "" if acquired is True else f"made a wrapper whose acquire() returned {acquired!r}"
    return ""
