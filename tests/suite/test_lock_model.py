"""The model of locks, the interleavings that follow it, and how they are cut down."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedctypes_conformance.oracle import locks
from sharedctypes_conformance.oracle.locks import (
    LOCK,
    READ,
    REFUSAL,
    RELEASE,
    RLOCK,
    TRY,
    WAIT,
    WRITE,
    Call,
    Setting,
    World,
)
from sharedctypes_conformance.strategies.interleavings import STEPS, interleavings, is_possible
from sharedctypes_conformance.strategies.steps import Steps, shortest

PROCESSES = (0, 0, 1, 1)


def one_lock(kind: str) -> Setting:
    return Setting((kind,), (0,), PROCESSES)


def after(setting: Setting, *steps: tuple[int, Call]) -> set[World]:
    """Return the worlds after some steps, of which nothing has been seen."""
    worlds = {locks.beginning(setting)}
    for thread, call in steps:
        worlds = locks.outcomes(setting, {locks.begin(world, thread, call) for world in worlds})
    return worlds


def outcome(worlds: set[World], thread: int) -> set[object]:
    """Return what can have come of a thread's call; None while it waits."""
    calls = [world.calls[thread] for world in worlds]
    return {None if call is None else call[1] for call in calls}


def see(worlds: set[World], thread: int) -> set[World]:
    (only,) = outcome(worlds, thread)
    assert isinstance(only, tuple)
    return locks.seen(worlds, thread, only)


def test_a_recursive_lock_is_reentrant() -> None:
    setting = one_lock(RLOCK)
    worlds = see(after(setting, (0, Call(WAIT, 0))), 0)
    worlds = locks.outcomes(setting, {locks.begin(world, 0, Call(TRY, 0)) for world in worlds})
    assert outcome(worlds, 0) == {("returned", True)}
    assert {world.holders for world in worlds} == {((0, 2),)}


@pytest.mark.parametrize("other", [1, 2])
def test_a_recursive_lock_knows_threads_and_processes(other: int) -> None:
    setting = one_lock(RLOCK)
    assert outcome(after(setting, (0, Call(WAIT, 0)), (other, Call(TRY, 0))), other) == {
        ("returned", False)
    }
    assert outcome(after(setting, (0, Call(WAIT, 0)), (other, Call(RELEASE, 0))), other) == {
        ("raised", REFUSAL)
    }


def test_a_plain_lock_can_be_released_by_anyone_and_is_not_reentrant() -> None:
    setting = one_lock(LOCK)
    assert outcome(after(setting, (0, Call(WAIT, 0)), (2, Call(RELEASE, 0))), 2) == {
        ("returned", None)
    }
    worlds = see(after(setting, (0, Call(WAIT, 0))), 0)
    assert outcome(
        locks.outcomes(setting, {locks.begin(world, 0, Call(READ, 0)) for world in worlds}), 0
    ) == {None}
    assert outcome(after(setting, (0, Call(RELEASE, 0))), 0) == {("raised", REFUSAL)}


def test_either_of_two_that_wait_can_be_next() -> None:
    setting = one_lock(RLOCK)
    waiting = after(
        setting, (0, Call(WAIT, 0)), (1, Call(WRITE, 0, 5)), (2, Call(READ, 0)), (3, Call(WAIT, 0))
    )
    worlds = locks.outcomes(
        setting, {locks.begin(world, 0, Call(RELEASE, 0)) for world in see(waiting, 0)}
    )
    # Thread 3 has it in the end, whoever came before it; a read after the write sees it.
    assert {world.holders for world in worlds} == {((3, 1),)}
    assert outcome(worlds, 2) == {None, ("returned", 0), ("returned", 5)}
    worlds = locks.seen(worlds, 2, ("returned", 5))
    assert outcome(worlds, 1) == {("returned", None)}


def test_what_cannot_be_leaves_no_world() -> None:
    worlds = after(one_lock(RLOCK), (0, Call(WAIT, 0)), (1, Call(WAIT, 0)))
    assert not locks.seen(worlds, 1, ("returned", True))


def test_no_thread_may_be_stuck_for_ever() -> None:
    setting = Setting((RLOCK, RLOCK), (0, 1), PROCESSES)
    worlds = see(after(setting, (0, Call(WAIT, 0))), 0)
    worlds = see(
        locks.outcomes(setting, {locks.begin(world, 1, Call(WAIT, 1)) for world in worlds}), 1
    )
    (world,) = (locks.begin(world, 0, Call(WAIT, 1)) for world in worlds)
    assert locks.ends_well(setting, world)
    assert not is_possible(setting, world, 1, Call(WAIT, 0))
    assert is_possible(setting, world, 1, Call(TRY, 0))


@pytest.mark.parametrize("kind", [LOCK, RLOCK])
def test_the_kinds_of_steps_are_those_that_can_be_reached(kind: str) -> None:
    setting = one_lock(kind)
    calls = [Call(verb, 0) for verb in (*locks.ACQUIRING, RELEASE, READ, WRITE)]
    reached: set[str] = set()
    known = {locks.beginning(setting)}
    todo = list(known)
    while todo:
        world = todo.pop()
        for thread, call in product(range(len(PROCESSES)), calls):
            if not is_possible(setting, world, thread, call):
                continue
            reached.add(locks.transition(setting, world, thread, call))
            waited = {n: world.calls[n][0] for n in locks.waiting(world)}  # type: ignore[index]
            for each in locks.outcomes(setting, {locks.begin(world, thread, call)}):
                ended = set(waited) - set(locks.waiting(each))
                reached |= {locks.end_of_waiting(setting, waited[n]) for n in ended}
                rest = tuple(
                    begun if begun is not None and begun[1] is None else None
                    for begun in each.calls
                )
                following = World(each.holders, (0,), rest)
                if following not in known:
                    known.add(following)
                    todo.append(following)
    assert reached == locks.transitions(kind)


@settings(max_examples=25, deadline=None)
@given(interleavings(Setting((RLOCK, RLOCK), (0, 0, 1), PROCESSES)))
def test_an_interleaving_has_most_kinds_of_steps(steps: Steps) -> None:
    assert len(steps) == STEPS
    assert len({step.call.verb for step in steps}) >= 6


@given(st.sets(st.integers(0, 30), max_size=4), st.integers(0, 40))
def test_what_is_left_of_steps_is_what_makes_them_fail(needed: set[int], length: int) -> None:
    def still_fails(steps: Steps) -> bool:
        return needed <= set(steps)

    steps = Steps(range(max(length, max(needed, default=-1) + 1)))
    assert shortest(steps, still_fails) == Steps(sorted(needed))
