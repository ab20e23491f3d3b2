"""The steps of a failure, as data from which a program that shows it again can be written.

Values keep their class: what JSON does not have is a dict with one key that says what it is. The
reader is `reproducers/reading.py`, which trusts nothing that it reads.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from ..actors.runtime import records
from ..stage.history import MOST_STEPS, Asked, Begun, Done, Dropped, Step
from ..stage.names import CType, Name
from ..stage.operations import Action, Call, ObjectRef, Operation, Run, Start, Told

# How a pool says that it has started a child: a start itself says what was made for the child.
_POOL_STARTED = ("returned", None, None)

_SUITE = Path(__file__).parents[1]

# A report is to be read and sent: characters.
LARGEST = 200_000


def recorded(steps: Iterable[Step]) -> tuple[JsonValue, ...]:
    """Return steps as data; nothing if there are too many, or too large ones."""
    kept = [*steps]
    if len(kept) >= MOST_STEPS:
        return ()
    data = tuple(map(_step, _needed(kept)))
    return data if len(json.dumps(data)) <= LARGEST else ()


def source_of(steps: Iterable[Step]) -> str:
    """Return the source of the program of the suite that was run last, "" if none was."""
    runs = [
        step.operation.action
        for step in steps
        if isinstance(step, Done) and isinstance(step.operation.action, Run)
    ]
    return (_SUITE / runs[-1].program).read_text("utf-8") if runs else ""


def _needed(steps: list[Step]) -> list[Step]:
    """Return the steps without those that were done aside and made nothing that is used later."""
    used: set[int] = set()
    started: set[int] = set()
    kept: list[Step] = []
    shown = {
        step.operation.action.number
        for step in steps
        if isinstance(step, Done) and not step.aside and isinstance(step.operation.action, Start)
    }
    for step in reversed(steps):
        if isinstance(step, Done):
            action, made = step.operation.action, _made(step.operation)
            if isinstance(action, Told) and step.operation.call is None:
                continue
            if isinstance(action, Start):
                # A start that was done for many examples is shown with what this one uses.
                if step.aside and (action.number in shown or action.number not in started):
                    continue
            elif step.aside and not (made and made & used):
                continue
            started.add(step.operation.number)
            used |= {ref.number for ref in _references(action)}
        elif isinstance(step, Begun):
            started.add(step.number)
            used |= {ref.number for ref in _references(step.action)}
        kept.append(step)
    return _once_each(_with_pools_first([*reversed(kept)]))


def _with_pools_first(steps: list[Step]) -> list[Step]:
    """Return steps with what a child of a pool inherits made before it is started.

    So it was; but an example says so when it takes an object, one after the other.
    """
    inherited: dict[int, dict[ObjectRef, None]] = {}
    for step in steps:
        if _starts_of_pool(step):
            inherited.setdefault(_started(step), {}).update(dict.fromkeys(_inherited(step)))
    if not inherited:
        return steps
    first = next(place for place, step in enumerate(steps) if _starts_of_pool(step))
    needed = {ref.number for refs in inherited.values() for ref in refs}
    early, late = [], []
    for step in reversed(steps[first:]):
        if isinstance(step, Done) and _made(step.operation) & needed and not _starts(step):
            needed |= {ref.number for ref in _references(step.operation.action)}
            early.append(step)
        else:
            late.append(step)
    together = [*steps[:first], *reversed(early), *reversed(late)]
    return [_inheriting(step, inherited) if _starts_of_pool(step) else step for step in together]


def _starts(step: Step) -> bool:
    return isinstance(step, Done) and isinstance(step.operation.action, Start)


def _starts_of_pool(step: Step) -> bool:
    """Return whether a step is the start of a child that a pool has started before."""
    if not (isinstance(step, Done) and isinstance(step.operation.action, Start)):
        return False
    is_process = step.operation.action.inherited is not None
    return is_process and step.operation.outcome == _POOL_STARTED


def _started(step: Step) -> int:
    assert isinstance(step, Done)
    assert isinstance(step.operation.action, Start)
    return step.operation.action.number


def _inherited(step: Step) -> tuple[ObjectRef, ...]:
    assert isinstance(step, Done)
    assert isinstance(step.operation.action, Start)
    return step.operation.action.inherited or ()


def _inheriting(step: Step, inherited: dict[int, dict[ObjectRef, None]]) -> Step:
    """Return the start of a child with all that it inherits for this example."""
    assert isinstance(step, Done)
    assert isinstance(step.operation.action, Start)
    action = step.operation.action
    start = replace(action, inherited=tuple(inherited[action.number]))
    return Done(replace(step.operation, action=start), step.aside)


def _once_each(steps: Iterable[Step]) -> list[Step]:
    """Return steps without those that make what has been made: what a pool has is told again."""
    made: set[int] = set()
    started: set[int] = set()
    kept: list[Step] = []
    for step in steps:
        if isinstance(step, Dropped):
            known = tuple(number for number in step.objects if number in made)
            if known:
                kept.append(replace(step, objects=known))
            continue
        if isinstance(step, Done):
            action, here = step.operation.action, _made(step.operation)
            if isinstance(action, Start):
                if action.number in started:
                    continue
                started.add(action.number)
            elif here and here <= made and not _is_fetched_again(action):
                continue
            made |= here
        kept.append(step)
    return kept


def _is_fetched_again(action: Action) -> bool:
    return isinstance(action, Call) and not isinstance(action.function, Name)


def _made(operation: Operation) -> set[int]:
    if operation.outcome is None or operation.outcome[0] != "returned":
        return set()
    return {ref.number for ref in _references(operation.outcome[1])}


def _references(value: Any) -> Iterable[ObjectRef]:
    if isinstance(value, ObjectRef):
        yield value
    elif isinstance(value, Call):
        yield from _references((value.function, value.args, value.keywords))
    elif isinstance(value, Start):
        yield from _references((value.inherited, value.new))
    elif isinstance(value, dict):
        yield from _references(tuple(value.values()))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _references(item)


def _step(step: Step) -> JsonValue:
    match step:
        case Begun():
            return {"by": step.number, "begins": _action(step.action)}
        case Asked():
            return {"by": step.number, "asked": step.ended}
        case Dropped():
            return {"by": step.number, "drops": [*step.objects]}
        case Done(operation=operation):
            data: dict[str, JsonValue] = {
                "by": operation.number,
                "name": operation.actor,
                "does": _action(operation.call if _is_told(operation) else operation.action),
            }
            if isinstance(operation.action, Told):
                data["told"] = _text(operation.action.code)
            if operation.outcome is not None:
                how, what, text = operation.outcome
                data[how] = [*what, text] if how == "raised" else _value(what)
            return data


def _is_told(operation: Operation) -> bool:
    return isinstance(operation.action, Told)


def _action(action: Action | None) -> JsonValue:
    match action:
        case Call():
            keywords = {key: _value(value) for key, value in action.keywords.items()}
            return {
                "call": _value(action.function),
                "args": [*map(_value, action.args)],
                "keywords": keywords,
            }
        case Start():
            inherited = None if action.inherited is None else [*map(_value, action.inherited)]
            new = [_value(tuple(one)) for one in action.new]
            return {
                "start": action.number,
                "name": action.name,
                "inherits": inherited,
                "new": new,
            }
        case Run():
            return {
                "program": str(action.program),
                "arguments": [*action.arguments],
                "code": action.code,
                "printed": _text(action.printed),
                "stderr": _text(action.stderr[-4000:]),
                "wanted": [*action.wanted],
            }
    return {"told": ""}


def _text(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()


def _value(value: Any) -> JsonValue:
    kind = type(value)
    as_it_is: JsonValue = value
    if value is None or kind in (bool, int) or (kind is str and value.isascii()):
        return as_it_is
    if kind is float and math.isfinite(value):
        return as_it_is
    if kind in (float, complex):
        return {kind.__name__: repr(value)}
    if kind in (str, bytes):
        return {"literal": ascii(value)}
    if kind is bytearray:
        return {"bytearray": ascii(bytes(value))}
    if kind in (tuple, list):
        return {kind.__name__: [*map(_value, value)]}
    if kind is dict:
        return {"dict": [[_value(key), _value(item)] for key, item in value.items()]}
    if kind in (slice, range):
        return {kind.__name__: [_value(value.start), _value(value.stop), _value(value.step)]}
    if isinstance(value, ObjectRef):
        return {"object": value.number, "kind": value.kind, "attribute": value.attribute}
    if isinstance(value, CType):
        return {"type": value.name}
    if isinstance(value, Name):
        return {"name": value.dotted}
    if records.is_record(value):
        return {"record": records.name_of(kind), "parts": [*map(_value, value)]}
    return {"unknown": kind.__name__}
