"""The history: what was done on a stage, by whom, and what came of it.

It is the evidence of a verdict. Operations are kept as they happen, in the cheapest form, and put
into words only for a failure: as code, with a name for each object in the order of appearance.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..actors.runtime import batches, calls, processes, records, serve
from .handles import Handle
from .names import CType, Name, is_of_actors, name_of

# More than this is no evidence that anyone reads; the last operations are the telling ones.
KEPT = 400


# A stage within another counts its actors from the next multiple of this.
ACTORS_PER_STAGE = 1000


def place(number: int) -> int:
    """Return which of its stage's actors one is; the creator is 0."""
    return (number - 1) % ACTORS_PER_STAGE


@dataclass(frozen=True)
class ObjectRef:
    """Stands for an object in the history without keeping it alive."""

    number: int
    kind: str


@dataclass(frozen=True)
class Operation:
    """One call of one actor.

    `began` and `ended` are nanoseconds of the machine's monotonic clock, None while the call lasts.
    `outcome` is ("returned", value, None) or ("raised", class names, text).
    """

    actor: str
    function: object
    args: tuple[Any, ...]
    keywords: dict[str, Any]
    began: int | None = None
    ended: int | None = None
    outcome: tuple[str, Any, Any] | None = None


def without_handles(value: Any) -> Any:
    """Return `value` with references for handles, which keep no object, and names for functions."""
    if type(value) is Handle:
        return ObjectRef(value._handle_number, value._handle_kind)
    if type(value) is tuple:
        return tuple(map(without_handles, value))
    if type(value) is list:
        return list(map(without_handles, value))
    if type(value) is dict:
        return {key: without_handles(item) for key, item in value.items()}
    if records.is_record(value):
        return type(value)(*map(without_handles, value))
    return name_of(value) if is_of_actors(value) else value


class History:
    """The operations of one example, oldest first."""

    def __init__(self) -> None:
        self.operations: deque[Operation] = deque(maxlen=KEPT)
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
        names: dict[int, str] = {}
        lines = []
        for op in _one_by_one(self.operations):
            method = _fetched_method(op)
            if method is None:
                lines.append(f"{op.actor}: {_in_words(op, names)}")
            else:
                # A method is fetched to be called: one line for both, as in the code of a user.
                names[method] = _call(op.function, op.args, op.keywords, names)
        return lines


_PLAY = name_of(batches.play)


def _one_by_one(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Take apart what was done to one object in one call."""
    for op in operations:
        if op.function != _PLAY:
            yield op
            continue
        obj, calls, _ = op.args
        outcomes: list[Any] = [None] * len(calls)
        if op.outcome is not None and op.outcome[0] == "returned":
            outcomes = op.outcome[1]
        for (function, args), came in zip(calls, outcomes, strict=True):
            yield Operation(op.actor, function, (obj, *args), {}, outcome=_as_outcome(came))


def _as_outcome(came: tuple[str, str, str, bytes, bytes] | None) -> tuple[str, Any, Any] | None:
    if came is None:
        return None
    how, what, text = came[:3]
    if how == "raised":
        return how, (what,), text
    # It is in words already.
    return how, None if what == "None" else Name(what), None


_METHODS = ("builtins.method", "builtins.builtin_function_or_method")


def _fetched_method(op: Operation) -> int | None:
    """Return the number of the method that an operation fetched, None if it did something else."""
    if op.function == Name("builtins.getattr") and op.outcome is not None:
        what = op.outcome[1]
        if isinstance(what, ObjectRef) and what.kind in _METHODS:
            return what.number
    return None


def describe_call(function: object, args: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    """Return a call as code, for a message about it."""
    return _call(without_handles(function), without_handles(args), without_handles(keywords), {})


def _in_words(op: Operation, names: dict[int, str]) -> str:
    call = _call(op.function, op.args, op.keywords, names)
    if op.outcome is None:
        return f"{call}  # did not return"
    how, what, text = op.outcome
    if how == "raised":
        return f"{call}  # raised {what[0].removeprefix('builtins.')}: {text}"
    if isinstance(what, ObjectRef):
        new = what.number not in names
        label = _shown(what, names)
        return f"{label} = {call}" if new else f"{call}  # {label}"
    if what is None:
        return call
    return f"{call}  # {_shown(what, names)}"


class _Calls:
    """Functions of the actors whose calls read otherwise than they are made."""

    START = name_of(processes.start).dotted
    START_THREAD = name_of(serve.start_thread).dotted
    NEW_LOCK = name_of(processes.new_lock).dotted
    CALL_METHOD = name_of(calls.call_method).dotted


def _call(
    function: object, args: tuple[Any, ...], keywords: dict[str, Any], names: dict[int, str]
) -> str:
    shown = [_shown(arg, names) for arg in args]
    if isinstance(function, Name):
        match function.dotted, shown:
            case "builtins.getattr", [obj, _] if args[1].isidentifier():
                return f"{obj}.{args[1]}"
            case "builtins.setattr", [obj, _, value] if args[1].isidentifier():
                return f"{obj}.{args[1]} = {value}"
            case "builtins.delattr", [obj, _]:
                return f"del {obj}.{args[1]}"
            case "operator.getitem", [obj, _]:
                return f"{obj}[{_index(args[1])}]"
            case "operator.setitem", [obj, _, value]:
                return f"{obj}[{_index(args[1])}] = {value}"
            case "operator.delitem", [obj, _]:
                return f"del {obj}[{_index(args[1])}]"
            case _Calls.START, _:
                number, inherited, _, *makings = args[3:]
                objects = [_shown(obj, names) for obj in inherited.values()]
                objects += [
                    f"{_call(make, new, {}, names)} in {container}"
                    for each in makings
                    for make, new, container in each
                ]
                return f"start child {place(number)} with ({', '.join(objects)})"
            case _Calls.START_THREAD, _:
                return f"start thread {place(args[1])}"
            case _Calls.NEW_LOCK, _:
                return f"{args[0]}()"
            case _Calls.CALL_METHOD, [obj, _, *rest]:
                return f"{obj}.{args[1]}({_arguments(rest, keywords, names)})"
        label = str(function)
    else:
        label = _shown(function, names)
    return f"{label}({_arguments(shown, keywords, names)})"


def _arguments(shown: list[str], keywords: dict[str, Any], names: dict[int, str]) -> str:
    return ", ".join(
        [*shown, *(f"{key}={_shown(value, names)}" for key, value in keywords.items())]
    )


def _index(index: object) -> str:
    if isinstance(index, slice):
        parts = [index.start, index.stop] + ([] if index.step is None else [index.step])
        return ":".join("" if part is None else str(part) for part in parts)
    return repr(index)


def _shown(value: Any, names: dict[int, str]) -> str:
    if isinstance(value, ObjectRef):
        if value.number not in names:
            kind = value.kind.rpartition(".")[2].split("__")[0]
            # Methods go by their object's name and a dot, and are not counted.
            count = sum("." not in name for name in names.values())
            names[value.number] = f"{kind.lower()}_{count + 1}"
        return names[value.number]
    if isinstance(value, Name | CType):
        return str(value)
    if type(value) in (list, tuple):
        items = ", ".join(_shown(item, names) for item in value)
        if type(value) is list:
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    if records.is_record(value):
        parts = zip(value._fields, value, strict=True)
        shown = ", ".join(f"{name}={_shown(part, names)}" for name, part in parts)
        return f"{type(value).__name__}({shown})"
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:190]}... ({len(text)} characters)"
