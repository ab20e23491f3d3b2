"""Whether what several actors did at once to one object could have been done one after the other.

An object is linearizable if each operation can be thought of as done in one moment between its
begin and its end. The search is the one of Wing and Gong in the form that Lowe calls just in time:
it goes through begins and ends in the order of time, and an operation is put into the order only
when one has ended that needs it. Between two events the search remembers the *positions* that the
order so far may have led to: a state, and which of the operations that are still running are done.

The search can explode, so its work is bounded, and beyond the bound it says so. A history that no
order explains is cut down to a part that is as impossible by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

State = TypeVar("State", bound=Hashable)
Done = TypeVar("Done")
CarriedOut = TypeVar("CarriedOut", contravariant=True)

# Steps of a model that one history may take, and how many more to cut an impossible one down.
BOUND = 500_000


class Model(Protocol[State, CarriedOut]):
    """What operations do when they come one after the other."""

    def after(self, state: State, done: CarriedOut) -> State | None:
        """Return the state after an operation; None if the operation is impossible in `state`."""

    def only_reads(self, done: CarriedOut) -> bool:
        """Return whether an operation leaves every state as it is."""

    def may_depend_on(self, removed: Sequence[CarriedOut], remaining: Sequence[CarriedOut]) -> bool:
        """Return whether what any of `remaining` saw may depend on one of `removed`."""


@dataclass(frozen=True)
class Timed(Generic[Done]):
    """What an actor did between two moments of the common clock."""

    actor: str
    began: int
    ended: int
    done: Done


@dataclass(frozen=True)
class Legal:
    """An order explains the history."""

    work: int


@dataclass(frozen=True)
class Illegal(Generic[State, Done]):
    """No order explains `part`, which began when the object was certainly in the state `start`."""

    start: State
    part: tuple[Timed[Done], ...]


@dataclass(frozen=True)
class GaveUp:
    """The search reached its bound."""

    work: int


# A position: the state, and the numbers of those done among the operations that still last, as
# bits; each lasting operation has a bit of its own.
_Position = tuple[int, Any]


class _TooMuch(Exception):
    """The bound is reached."""


@dataclass
class _Budget:
    left: int


@dataclass(frozen=True)
class _Certain:
    """A moment at which there was one position only: before event `event`."""

    event: int
    state: Any
    lasting: tuple[int, ...]


@dataclass(frozen=True)
class _Stuck:
    """Where the search ended: at the end of operation `last`."""

    last: int
    certain: list[_Certain]


def find_order(
    model: Model[State, Done],
    start: State,
    history: Sequence[Timed[Done]],
    bound: int = BOUND,
) -> Legal | Illegal[State, Done] | GaveUp:
    """Return whether an order explains a history that began in the state `start`.

    The operations of one actor must not overlap; no more is asked of their order.
    """
    budget = _Budget(bound)
    try:
        stuck = _search(model, start, history, budget)
    except _TooMuch:
        return GaveUp(bound)
    if stuck is None:
        return Legal(bound - budget.left)
    return _cut_down(model, history, stuck, bound)


def _events(history: Sequence[Timed[Any]]) -> list[tuple[int, int, int]]:
    # At one moment begins come first: what touches is taken to overlap.
    events = [(one.began, 0, number) for number, one in enumerate(history)]
    events += [(one.ended, 1, number) for number, one in enumerate(history)]
    events.sort()
    return events


def _search(
    model: Model[State, Done], start: State, history: Sequence[Timed[Done]], budget: _Budget
) -> _Stuck | None:
    after = model.after
    reads = [model.only_reads(one.done) for one in history]
    positions: set[_Position] = {(0, start)}
    lasting: dict[int, int] = {}
    free: list[int] = []
    certain = [_Certain(0, start, ())]
    for place, (_, ends, number) in enumerate(_events(history)):
        if not ends:
            lasting[number] = free.pop() if free else 1 << len(lasting)
            continue
        bit = lasting.pop(number)
        free.append(bit)
        done = history[number].done
        if len(positions) == 1 and not lasting:
            # Most of a calm history: nothing else could come before.
            budget.left -= 1
            ((mask, state),) = positions
            found = state if mask else after(state, done)
            positions = set() if found is None else {(0, found)}
        else:
            others = [(its, history[n].done, reads[n]) for n, its in lasting.items()]
            own = (bit, done, reads[number])
            positions = _all_after(after, positions, own, others, budget)
        if not positions:
            return _Stuck(number, certain)
        if len(positions) == 1:
            ((mask, state),) = positions
            open_ones = tuple(other for other, its in lasting.items() if not its & mask)
            certain.append(_Certain(place + 1, state, open_ones))
        if budget.left < 0:
            raise _TooMuch
    return None


# An operation that lasts: its bit, what it did, and whether that is reading only.
_Lasting = tuple[int, Any, bool]


def _all_after(
    after: Callable[[Any, Any], Any],
    positions: set[_Position],
    own: _Lasting,
    others: list[_Lasting],
    budget: _Budget,
) -> set[_Position]:
    """Return the positions that there can be once an operation is done, without its bit."""
    bit, done, only_reads = own
    found: set[_Position] = set()
    todo: list[_Position] = []
    for mask, state in positions:
        if mask & bit:
            found.add((mask ^ bit, state))
        else:
            todo.append((mask, state))
    seen = set(todo)
    while todo:
        mask, state = todo.pop()
        branches = []
        for its, other, only_reads_too in others:
            if mask & its:
                continue
            budget.left -= 1
            then = after(state, other)
            if then is None:
                continue
            if only_reads_too:
                # An operation that changes nothing may as well be done as early as possible.
                mask |= its
            else:
                branches.append((its, then))
        budget.left -= 1
        then = after(state, done)
        if then is not None:
            found.add((mask, then))
            if only_reads:
                continue
        for its, then in branches:
            position = (mask | its, then)
            if position not in seen:
                seen.add(position)
                todo.append(position)
        if budget.left < 0:
            raise _TooMuch
    return found


# Cutting an impossible history down.


def _cut_down(
    model: Model[State, Done],
    history: Sequence[Timed[Done]],
    stuck: _Stuck,
    bound: int,
) -> Illegal[State, Done]:
    last = history[stuck.last]
    before = [one for one in history if one.ended < last.began]
    previous = max(before, key=lambda one: one.ended, default=last)
    budget = _Budget(bound)
    # A single operation explains little: then the part includes the one before it.
    for horizon in (last.began, previous.began):
        origin, part = _part_from(horizon, history, stuck)
        part = _without_what_is_not_needed(model, origin.state, part, budget)
        if len(part) > 1:
            break
    return Illegal(origin.state, tuple(part))


def _part_from(
    horizon: int, history: Sequence[Timed[Done]], stuck: _Stuck
) -> tuple[_Certain, list[Timed[Done]]]:
    """Return the last certain moment up to `horizon`, and what takes part from then on."""
    events = _events(history)
    origin = next(
        one
        for one in reversed(stuck.certain)
        if one.event == 0 or (one.event < len(events) and events[one.event][0] <= horizon)
    )
    # What began after the end of the last has no part in it.
    end = history[stuck.last].ended
    numbers = [number for _, ends, number in events[origin.event :] if not ends]
    part = [history[number] for number in (*origin.lasting, *numbers)]
    return origin, [one for one in part if one.began <= end]


def _without_what_is_not_needed(
    model: Model[State, Done], start: State, part: list[Timed[Done]], budget: _Budget
) -> list[Timed[Done]]:
    """Leave operations out, large pieces first, as long as no order explains the rest.

    Leaving out what no other operation saw cannot make a possible history impossible.
    """
    size = len(part)
    while size:
        size = min(size, len(part))
        removed = False
        for first in reversed(range(0, len(part), size)):
            rest = part[:first] + part[first + size :]
            left_out = [one.done for one in part[first : first + size]]
            if not rest or model.may_depend_on(left_out, [one.done for one in rest]):
                continue
            try:
                if _search(model, start, rest, budget) is None:
                    continue
            except _TooMuch:
                return part
            part, removed = rest, True
        if not removed or size > 1:
            size //= 2
    return part


# The memory of an object.

# One access: whether it writes, the number of the first cell, and what is in the cells.
Step = tuple[bool, int, tuple[Hashable, ...]]


class Memory:
    """Cells that operations read and write, each operation in one or several steps at once.

    The one cell of a value, the items of an array and the fields of a structure are cells. A state
    is what is in all of them; an operation is the tuple of its steps.
    """

    def after(
        self, state: tuple[Hashable, ...], done: tuple[Step, ...]
    ) -> tuple[Hashable, ...] | None:
        """Return the state after all steps; None if one of them read what was not there."""
        for writes, first, values in done:
            if len(values) == len(state):
                if writes:
                    state = values
                elif values != state:
                    return None
                continue
            end = first + len(values)
            if writes:
                state = (*state[:first], *values, *state[end:])
            elif state[first:end] != values:
                return None
        return state

    def only_reads(self, done: tuple[Step, ...]) -> bool:
        """Return whether no step writes."""
        return not any(writes for writes, _, _ in done)

    def may_depend_on(
        self, removed: Sequence[tuple[Step, ...]], remaining: Sequence[tuple[Step, ...]]
    ) -> bool:
        """Return whether one of `remaining` read what one of `removed` wrote, in the same cell."""
        written = {cell for done in removed for cell in _cells(done, True)}
        return any(cell in written for done in remaining for cell in _cells(done, False))


def _cells(done: tuple[Step, ...], writes: bool) -> Iterator[tuple[int, Hashable]]:
    for how, first, values in done:
        if how is writes:
            yield from enumerate(values, first)
