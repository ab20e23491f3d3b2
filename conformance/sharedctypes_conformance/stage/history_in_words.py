"""The history as code, with a name for each object in the order of appearance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ..actors.locks import acquiring
from ..actors.runtime import batches, calls, processes, records
from .names import ACTORS_AS, CType, Name, name_of
from .operations import Action, Call, ObjectRef, Operation, Run, Start, Told, call_of


class Line(NamedTuple):
    """An operation as a line of code, prefixed by the actor's name."""

    operation: Operation
    line: str


def lines(operations: Iterable[Operation]) -> list[str]:
    """Return one line of code per operation, prefixed by the actor's name."""
    return [one.line for one in told(operations)]


def told(operations: Iterable[Operation]) -> list[Line]:
    """Return operations with their lines."""
    names: dict[int, str] = {}
    lines: list[Line] = []
    for op in _one_by_one(operations):
        if isinstance(op.action, Run):
            lines += [Line(op, f"{op.actor}: {line}") for line in _run(op.action)]
            continue
        method = _fetched_method(op)
        if method is None:
            lines.append(Line(op, f"{op.actor}: {_with_outcome(op, names)}"))
        else:
            # A method is fetched in order to be called: one line for both, as users write it.
            names[method] = _action(op.action, names)
    return lines


# How much of an argument a message has; the history has more.
_SHORT = 40


def describe(action: Action) -> str:
    """Return an action as code, for a message about it.

    Of what is passed to a function of the actors only the beginning is shown: these are data of the
    suite's own.
    """
    if isinstance(action, Call) and _is_of_actors(action.function):
        shown = [shorten(_shown(arg, {}), _SHORT) for arg in action.args]
        return f"{action.function}({_arguments(shown, action.keywords, {})})"
    return _action(action, {})


def shorten(text: str, most: int) -> str:
    """Return a text, cut if it is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _is_of_actors(function: object) -> bool:
    own = isinstance(function, Name) and function.dotted.startswith(f"{ACTORS_AS}.")
    return own and str(function) not in map(str, map(Name, _SHOWN_AS_CALLS))


def describe_call(function: object, args: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    """Return a call as code, for a message about it."""
    return describe(call_of(function, args, keywords))


_PLAY = name_of(batches.play)


def _one_by_one(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Split batches into their operations."""
    for op in operations:
        if not isinstance(op.action, Call) or op.action.function != _PLAY:
            yield op
            continue
        obj, calls, _ = op.action.args
        if op.outcome is not None and op.outcome[0] == "returned":
            outcomes = list(map(_read, op.outcome[1]))
        else:
            # It returned nothing, so which of its operations hung is unknown.
            outcomes = [("returned", None, None)] * (len(calls) - 1) + [_ONE_OF_MANY]
        for (function, args), outcome in zip(calls, outcomes, strict=True):
            yield replace(op, action=Call(function, (obj, *args)), outcome=outcome)


_ONE_OF_MANY = ("returned", Name("this, or one of those before, did not return"), None)


def _read(played: batches.PlayedOperation) -> tuple[str, Any, Any]:
    """Return an outcome of `batches.play` as one of a call."""
    if played.how == "raised":
        return played.how, (played.what,), played.text
    # It is a text already.
    return played.how, None if played.what == "None" else Name(played.what), None


_METHODS = ("builtins.method", "builtins.builtin_function_or_method")


def _fetched_method(op: Operation) -> int | None:
    """Return the number of the method that an operation fetched, None if it did something else."""
    fetches = isinstance(op.action, Call) and op.action.function == Name("builtins.getattr")
    if fetches and op.outcome is not None:
        what = op.outcome[1]
        if isinstance(what, ObjectRef) and what.kind in _METHODS:
            return what.number
    return None


def _with_outcome(op: Operation, names: dict[int, str]) -> str:
    action = _action(op.action, names)
    if op.outcome is None:
        return f"{action}  # did not return"
    how, what, text = op.outcome
    if how == "raised":
        return f"{action}  # raised {what[0].removeprefix('builtins.')}: {text}"
    if isinstance(what, ObjectRef):
        new = what.number not in names
        label = _shown(what, names)
        return f"{label} = {action}" if new else f"{action}  # {label}"
    if what is None or isinstance(op.action, Start | Told):
        return action
    return f"{action}  # {_shown(what, names)}"


def _action(action: Action, names: dict[int, str]) -> str:
    if isinstance(action, Told):
        return action.code
    if isinstance(action, Run):
        return next(_run(action))
    return _start(action, names) if isinstance(action, Start) else _call(action, names)


def _start(start: Start, names: dict[int, str]) -> str:
    if start.inherited is None:
        return f"start {start.name}"
    objects = [_shown(obj, names) for obj in start.inherited]
    objects += [f"{_call(Call(new.make, new.args), names)} in {new.container}" for new in start.new]
    return f"start {start.name} with ({', '.join(objects)})"


# What a program printed is shown up to so many lines.
_MOST_PRINTED = 20


def _run(run: Run) -> Iterator[str]:
    """Yield a run of a program in lines: the command, and what came of it."""
    yield f"subprocess.run({['python', str(run.program), *run.arguments]})"
    ended = "did not end" if run.code is None else f"ended with exit code {run.code}"
    for title, text in (("printed", run.printed), ("stderr", run.stderr)):
        for line in text.splitlines()[-_MOST_PRINTED:]:
            yield f"# {title}: {line}"
    yield f"# {ended}"


# Functions of the actors whose calls are shown as the calls that they make.
_NEW_LOCK = name_of(processes.new_lock).dotted
_CALL_METHOD = name_of(calls.call_method).dotted
_HURRIED = name_of(acquiring.hurried).dotted
_SHOWN_AS_CALLS = (_NEW_LOCK, _CALL_METHOD, _HURRIED)


def _call(call: Call, names: dict[int, str]) -> str:
    function, args, keywords = call.function, call.args, call.keywords
    shown = [_shown(arg, names) for arg in args]
    if not isinstance(function, Name):
        return f"{_shown(function, names)}({_arguments(shown, keywords, names)})"
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
        case dotted, _ if dotted == _NEW_LOCK:
            return f"{args[0]}()"
        case dotted, [obj, _, *rest] if dotted == _CALL_METHOD:
            return f"{obj}.{args[1]}({_arguments(rest, keywords, names)})"
        case dotted, [obj, *rest] if dotted == _HURRIED:
            return f"{obj}.acquire({_arguments(rest, keywords, names)})"
    return f"{function}({_arguments(shown, keywords, names)})"


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
        if value.number not in names and value.attribute:
            names[value.number] = f"an object's .{value.attribute}"
        elif value.number not in names:
            kind = value.kind.rpartition(".")[2].split("__")[0]
            # Methods are named after their object, with a dot, and are not counted.
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
