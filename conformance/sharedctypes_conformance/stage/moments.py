"""The operations on one lock, with their times: what a picture of a history is drawn from.

The lock of an object has another name in each actor that fetched it. Here it is one: a lock, the
wrappers that were given it or returned it, and what they wrap belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from ..actors.blocks import open_blocks
from ..actors.locks import acquiring
from ..actors.runtime import calls
from . import history_in_words
from .findings import Finding, Moment
from .history import History
from .names import name_of
from .operations import Call, ObjectRef, Operation, Start, method_of, object_of

# A picture of more operations is not looked at; the last ones are those that matter.
MOST = 24

_ENTERING = tuple(map(name_of, (calls.enter, open_blocks.enter_with, open_blocks.enter_stack)))
_LEAVING = name_of(calls.leave)
_LEAVING_INNERMOST = name_of(open_blocks.leave)
_HURRIED = name_of(acquiring.hurried)
_REPEATED = name_of(acquiring.repeat)


@contextmanager
def about_the_last_of(history: History) -> Iterator[None]:
    """Let findings of a block be about the operation that was the last one before it."""
    last = history.operations[-1] if history.operations else None
    try:
        yield
    except Finding as finding:
        finding.about = last
        raise


def moments_of(operations: Iterable[Operation], finding: Finding) -> tuple[Moment, ...]:
    """Return what a picture of a finding shows: the last operations on the lock that it is about.

    There are none if it is not about a lock, or if only one actor used that.
    """
    if finding.moments:
        return finding.moments
    told = history_in_words.told(operations)
    if not told:
        return ()
    last = told[-1].operation
    judged = last if finding.about is None else finding.about
    uses = list(_Uses(one.operation for one in told))
    on = next((use.on for one, use in zip(told, uses, strict=True) if one.operation is judged), 0)
    shown = [
        (one.operation, one.line, use.effect)
        for one, use in zip(told, uses, strict=True)
        if on and use.on == on
    ]
    if len({op.actor for op, _, _ in shown}) < 2 or not any(effect for *_, effect in shown):
        return ()
    return tuple(_moments(_last(shown), judged))


_Shown = tuple[Operation, str, int]


def _last(shown: Sequence[_Shown]) -> list[_Shown]:
    """Return the last operations, and those before them that acquired what is still held then."""
    before, last = shown[:-MOST], shown[-MOST:]
    held: list[_Shown] = []
    for one in before:
        if one[2] > 0:
            held.append(one)
        for _ in range(-one[2]):
            own = [other for other in held if other[0].actor == one[0].actor]
            if own or held:
                held.remove((own or held)[-1])
    return [*held, *last]


def _moments(shown: Sequence[_Shown], judged: Operation) -> Iterator[Moment]:
    zero = min((op.began for op, _, _ in shown if op.began is not None), default=0)
    latest = zero
    for op, line, effect in shown:
        # Of some operations only their place in the history is known.
        began = latest if op.began is None else op.began
        ended = None if op.outcome is None else (op.ended or began) - zero
        latest = max(latest, began)
        code = line.removeprefix(f"{op.actor}: ")
        yield Moment(op.actor, began - zero, ended, code, effect, op is judged)


class _Use(NamedTuple):
    """Which lock an operation is about, 0 if none; and how much deeper its actor then holds it."""

    on: int
    effect: int


class _Uses:
    """The uses of locks in a history, one for each operation."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._operations = list(operations)
        # What belongs together, as numbers of objects that lead to one number.
        self._joined: dict[int, int] = {}
        self._blocks: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[_Use]:
        for op in self._operations:
            for ref in _references(op):
                if ref.origin:
                    self._joined[self._root(ref.number)] = self._root(ref.origin)
        for op in self._operations:
            on, effect = self._use(op)
            yield _Use(self._root(on) if on else 0, effect)

    def _root(self, number: int) -> int:
        while self._joined.get(number, number) != number:
            number = self._joined[number]
        return number

    def _use(self, op: Operation) -> tuple[int, int]:
        action = op.action
        if isinstance(action, Start):
            inherited = action.inherited or ()
            return (inherited[0].number if len(inherited) == 1 else 0), 0
        if not isinstance(action, Call):
            return 0, 0
        on, done = object_of(action), _value(op)
        if on == 0 and isinstance(done, ObjectRef):
            on = done.number
        blocks = self._blocks.setdefault(op.actor, [])
        if action.function == _LEAVING_INNERMOST:
            return (blocks.pop(), -1) if blocks else (0, 0)
        if action.function in _ENTERING and _ended_well(op):
            if action.function != _ENTERING[0]:
                blocks.append(on)
            return on, 1
        if action.function == _LEAVING:
            return on, -int(_ended_well(op))
        if action.function == _REPEATED:
            if not isinstance(done, acquiring.Repeated) or len(done.results) != 1:
                return on, 0
            return on, done.times * _effect(action.args[1], done.results[0])
        method = "acquire" if action.function == _HURRIED else method_of(action)
        return on, _effect(method, done)


def _references(op: Operation) -> Iterator[ObjectRef]:
    """Yield what stands for objects in an operation, except in containers."""
    action = op.action
    parts: list[Any] = [op.outcome[1]] if op.outcome else []
    if isinstance(action, Start):
        parts += action.inherited or ()
    elif isinstance(action, Call):
        parts += [action.function, *action.args, *action.keywords.values()]
    yield from (part for part in parts if isinstance(part, ObjectRef))


def _ended_well(op: Operation) -> bool:
    return op.outcome is not None and op.outcome[0] == "returned"


_NOTHING = object()


def _value(op: Operation) -> Any:
    """Return what an operation returned, `_NOTHING` if it did not return."""
    if op.outcome is None or op.outcome[0] != "returned":
        return _NOTHING
    value = op.outcome[1]
    return value.acquired if isinstance(value, acquiring.Timed) else value


def _effect(method: str, returned: Any) -> int:
    if method == "acquire":
        return int(returned is True)
    return -int(method == "release" and returned is None)
