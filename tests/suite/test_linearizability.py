"""The checker of histories, against executions that really took place and against brute force."""

from collections.abc import Hashable, Sequence
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from sharedctypes_conformance.oracle.linearizability import (
    GaveUp,
    Illegal,
    Legal,
    Memory,
    Step,
    Timed,
    find_order,
)

CELLS = 2
Cells = tuple[Hashable, ...]
Operation = Timed[tuple[Step, ...]]
Planned = tuple[bool, tuple[int, int], int]
START: Cells = (0,) * CELLS

# What to do: whether to write, in which cells, and which values.
spans = st.sampled_from([(0, 1), (1, 1), (0, 2)])
steps = st.tuples(st.booleans(), spans, st.integers(0, 3))
plans = st.lists(steps, min_size=1, max_size=3)


def carried_out(state: Cells, plan: list[Planned]) -> tuple[Cells, tuple[Step, ...]]:
    """Carry a plan out; return the state after it and the steps in order."""
    done = []
    for writes, (first, length), value in plan:
        if writes:
            values: Cells = (value,) * length
            state = (*state[:first], *values, *state[first + length :])
        else:
            values = state[first : first + length]
        done.append((writes, first, values))
    return state, tuple(done)


@st.composite
def executions(draw: st.DrawFn, most: int = 12) -> list[Operation]:
    """Draw operations that took place one after the other, and that began and ended about then."""
    actors = draw(st.integers(1, 4))
    ended = [0] * actors
    state, history = START, list[tuple[int, int, int, tuple[Step, ...]]]()
    for moment in range(draw(st.integers(1, most))):
        actor = draw(st.integers(0, actors - 1))
        state, done = carried_out(state, draw(plans))
        # It takes place at 10 * moment; around it there is time, but for the actor's own others.
        at = 10 * moment + 5
        began = max(ended[actor] + 1, at - draw(st.integers(0, 40)))
        history.append((actor, min(began, at), at, done))
        ended[actor] = at
    timed_history: list[Operation] = []
    next_begin: dict[int, int] = {}
    for actor, began, at, done in reversed(history):
        end = min(at + draw(st.integers(0, 40)), next_begin.get(actor, 10**6) - 1)
        timed_history.append(Timed(f"actor {actor}", began, max(at, end), done))
        next_begin[actor] = began
    return timed_history[::-1]


@given(executions())
def test_what_took_place_is_legal(history: list[Operation]) -> None:
    assert isinstance(find_order(Memory(), START, history), Legal)


def explained(start: Cells, history: Sequence[Operation]) -> bool:
    """Return whether any order of a history explains it, by trying all."""
    memory = Memory()
    for order in permutations(history):
        if any(
            later.ended < earlier.began
            for place, earlier in enumerate(order)
            for later in order[place + 1 :]
        ):
            continue
        state: Cells | None = start
        for one in order:
            if state is not None:
                state = memory.after(state, one.done)
        if state is not None:
            return True
    return False


@st.composite
def claims(draw: st.DrawFn, most: int = 6) -> list[Operation]:
    """Draw operations with results that somebody made up."""
    history: list[Operation] = []
    for actor in range(draw(st.integers(1, 3))):
        moment = 0
        for _ in range(draw(st.integers(0, 2))):
            began = moment + draw(st.integers(1, 6))
            moment = began + draw(st.integers(0, 12))
            done = tuple(
                (writes, first, (value,) * length if same else (value, 3 - value)[:length])
                for (writes, (first, length), value), same in draw(
                    st.lists(st.tuples(steps, st.booleans()), min_size=1, max_size=2)
                )
            )
            history.append(Timed(f"actor {actor}", began, moment, done))
    return history[:most]


@given(claims())
def test_brute_force_agrees(history: list[Operation]) -> None:
    verdict = find_order(Memory(), START, history)
    assert isinstance(verdict, Legal) == explained(START, history)


@given(st.one_of(claims(), executions()), st.data())
def test_what_is_cut_out_is_impossible_by_itself(
    history: list[Operation], data: st.DataObject
) -> None:
    if data.draw(st.booleans()) and history:
        # One of them says something else than it saw.
        place = data.draw(st.integers(0, len(history) - 1))
        one = history[place]
        history[place] = Timed(one.actor, one.began, one.ended, (*one.done, (False, 0, (9,))))
    verdict = find_order(Memory(), START, history)
    if not isinstance(verdict, Illegal):
        return
    assert set(verdict.part) <= set(history)
    assert isinstance(find_order(Memory(), verdict.start, verdict.part), Illegal)
    if len(verdict.part) <= 6:
        assert not explained(verdict.start, verdict.part)


def timed(actor: str, began: int, ended: int, *done: Step) -> Operation:
    return Timed(actor, began, ended, done)


def read(*values: int, first: int = 0) -> Step:
    return (False, first, values)


def write(*values: int, first: int = 0) -> Step:
    return (True, first, values)


def test_reads_may_see_what_overlaps_in_either_order() -> None:
    history = [
        timed("a", 0, 10, write(1, 1)),
        timed("b", 5, 6, read(0, 0)),
        timed("b", 7, 8, read(1, 1)),
    ]
    assert isinstance(find_order(Memory(), START, history), Legal)


def test_what_was_seen_is_not_unseen() -> None:
    history = [
        timed("a", 0, 10, write(1, 1)),
        timed("b", 5, 6, read(1, 1)),
        timed("c", 7, 8, read(0, 0)),
    ]
    verdict = find_order(Memory(), START, history)
    assert isinstance(verdict, Illegal)
    assert set(verdict.part) == set(history)


def test_a_lost_increment_is_two_operations() -> None:
    history = [
        *(
            timed("a", 10 * n, 10 * n + 5, read(n, first=0), write(n + 1, first=0))
            for n in range(50)
        ),
        timed("a", 500, 520, read(50, first=0), write(51, first=0)),
        timed("b", 505, 525, read(50, first=0), write(51, first=0)),
        timed("b", 530, 535, read(51, 0)),
    ]
    verdict = find_order(Memory(), START, history)
    assert isinstance(verdict, Illegal)
    assert verdict.start == (50, 0)
    assert verdict.part == tuple(history[50:52])


def test_a_torn_read_is_shown_with_what_it_mixes() -> None:
    history = [
        timed("c", 0, 3, write(7, 7)),
        timed("c", 4, 5, read(7, 7)),
        timed("a", 10, 30, write(1, 1)),
        timed("b", 11, 29, write(2, 2)),
        timed("c", 12, 28, read(1, 2)),
        timed("c", 40, 41, read(1, 1)),
    ]
    verdict = find_order(Memory(), START, history)
    assert isinstance(verdict, Illegal)
    assert set(verdict.part) == {history[2], history[3], history[4]}


def test_the_half_of_a_transaction_is_not_seen() -> None:
    history = [
        timed("a", 0, 10, write(1, first=0), write(2, first=0)),
        timed("b", 4, 6, read(1, first=0)),
    ]
    verdict = find_order(Memory(), START, history)
    assert isinstance(verdict, Illegal)
    assert set(verdict.part) == set(history)


def test_the_work_is_bounded() -> None:
    at_once = [timed(f"actor {n}", 0, 100 + n, write(n, n)) for n in range(14)]
    history = [*at_once, timed("last", 50, 60, read(-1, -1))]
    assert isinstance(find_order(Memory(), START, history, bound=2000), GaveUp)
