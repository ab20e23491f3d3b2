"""The model of the life of shared objects, the programs drawn from it, and what a process has."""

import ctypes
from collections import Counter

import pytest

from sharedctypes_conformance.actors.objects import belongings
from sharedctypes_conformance.actors.objects.belongings import Belongings, Wrong
from sharedctypes_conformance.oracle import life
from sharedctypes_conformance.oracle.life import Step, World
from sharedctypes_conformance.oracle.locks import LOCK
from sharedctypes_conformance.strategies.lives import STEPS, Program, program

CREATOR, SECOND, CHILD = 0, 1, 20


def after(*steps: Step) -> World:
    """Return the world after some steps, all of which have to be possible."""
    world = World()
    for step in steps:
        assert world.allows(step), step
        world.carry_out(step)
    return world


def value(number: int = 0, how: str | int = "") -> Step:
    return Step(number, "Value", CREATOR, how=how)


def start(*names: int) -> Step:
    return Step(10, life.START, CREATOR, 10, what=names)


def acquire(number: int = 1, who: int = CREATOR, how: str = "acquire()") -> Step:
    return Step(number, life.ACQUIRE, who, 0, how)


def test_nobody_acquires_what_somebody_else_holds() -> None:
    world = after(value(), start(0), acquire())
    for who in (SECOND, CHILD, CHILD + 1):
        assert not world.allows(acquire(2, who))
        assert world.allows(Step(2, life.TRY, who, 0))
        assert not world.allows(Step(2, life.ASSIGN, who, 0)), "it would wait"
        assert world.allows(Step(2, life.WRITE, who, 0)), "past the lock"
    assert world.allows(acquire(2)), "it is recursive"
    assert not after(value(how=LOCK), acquire()).allows(acquire(2))


def test_only_its_holder_releases_a_recursive_lock() -> None:
    release = Step(2, life.RELEASE, SECOND, 0, "release()")
    assert not after(value(), acquire()).allows(release)
    assert after(value(how=LOCK), acquire()).allows(release)


def test_a_block_is_left_by_who_has_entered_it() -> None:
    leave, release = (Step(2, life.RELEASE, CREATOR, 0, how) for how in (life.LEAVE, "release()"))
    entered = after(value(), acquire(how=life.ENTER))
    assert entered.allows(leave)
    assert not entered.allows(release)
    acquired = after(value(), acquire())
    assert not acquired.allows(leave)
    assert acquired.allows(release)


def test_who_holds_a_lock_keeps_what_it_can_be_released_by() -> None:
    drop = Step(5, life.DROP, CREATOR, 0)
    assert not after(value(), acquire()).allows(drop)
    assert after(value(), value(1, how=0), acquire(2)).allows(drop)
    assert after(value()).allows(drop)


@pytest.mark.parametrize("how", [life.RETURN, life.EXIT, life.KILL])
def test_nobody_uses_the_lock_of_one_that_ended(how: str) -> None:
    world = after(value(), start(0), acquire(11, CHILD), Step(12, life.END, CREATOR, 10, how))
    for kind in (life.ACQUIRE, life.TRY, life.RELEASE):
        assert not world.allows(Step(13, kind, CREATOR, 0))
    assert world.allows(Step(13, life.WRITE, CREATOR, 0))


def test_one_that_returns_waits_for_its_children() -> None:
    grandchild = Step(11, life.START, CHILD, 11)
    returning, killed = (Step(12, life.END, CREATOR, 10, how) for how in (life.RETURN, life.KILL))
    assert not after(start(), grandchild).allows(returning)
    orphaned = after(start(), grandchild, killed)
    assert orphaned.processes[11].parent == -1
    assert orphaned.allows(Step(13, "RawValue", 22)), "the grandchild goes on"


def test_a_world_is_strained_when_others_use_what_its_maker_has_let_go() -> None:
    drop = Step(12, life.DROP, CREATOR, 0)
    world = after(value(), start(0))
    assert world.would_strain(drop)
    assert after(value(), start(0), drop).is_strained
    assert not after(value(), start(), drop).is_strained, "nobody has it"
    shared = after(
        Step(0, "RawValue", CREATOR), start(0), Step(11, life.VIEW, CREATOR, 0, "a view")
    )
    assert not shared.would_strain(drop), "the maker has a view of it"
    other = Step(1, life.WRAP, CREATOR, 0)
    raw, drop_wrapper = Step(0, "RawValue", CREATOR), Step(12, life.DROP, CREATOR, 1)
    assert after(raw, other, start(1), drop_wrapper).is_strained, "it has made the lock, too"
    dropped_there = Step(12, life.DROP, CHILD, 0)
    assert not after(value(), start(0), dropped_there).is_strained, "the maker has it"


def test_views_are_not_passed_on() -> None:
    view = Step(1, life.VIEW, CREATOR, 0, "a memoryview")
    world = after(Step(0, "RawValue", CREATOR), view)
    assert not world.allows(start(1))
    assert world.allows(start(0))


NUMBERS = range(60)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_step_of_a_program_is_possible(number: int) -> None:
    steps = program(number)
    assert Program(life.possible(steps)) == steps
    assert 0.9 * STEPS < len(steps) <= STEPS
    is_strained = after(*steps).is_strained
    assert is_strained <= (number % 2 == 0), "who is loyal keeps what others use"


def test_programs_have_every_kind_of_step() -> None:
    kinds = Counter(step.kind for number in NUMBERS for step in program(number))
    assert set(kinds) == set(life.KINDS)
    assert min(kinds.values()) > len(NUMBERS)
    strained = sum(after(*program(number)).is_strained for number in NUMBERS[::2])
    assert strained > 0.8 * len(NUMBERS) / 2


def test_a_few_programs_cover_what_has_to_be_covered() -> None:
    # As many as quick draws, if it has to, are three times as many.
    covered = set()
    for number in range(8):
        last: dict[int, str] = {}
        for step in program(number):
            covered |= {*life.covered_by(last.get(step.process, ""), step.kind, step.process)}
            last[step.process] = step.kind
    assert covered == life.TO_COVER


def test_a_part_of_a_program_lacks_what_depends_on_the_rest() -> None:
    steps = Program((value(), value(1), start(0, 1), Step(11, life.WRITE, CHILD, 0)))
    assert steps.part(steps[1:]) == (value(1), start(1))
    assert str(steps.part(steps[2:])) == "[creator: start child 10 with ()]"


# What one process has.


def filled(*sizes: int) -> tuple[Belongings, list["ctypes.Array[ctypes.c_char]"]]:
    """Return what a process has with objects of some sizes, written to by step 1."""
    here, objects = Belongings(), [(ctypes.c_char * size)() for size in sizes]
    for number, obj in enumerate(objects):
        here.add(number, number, obj)
        here.expect_zeros(number)
        here.write(number, 1)
        here.look()
    return here, objects


def wrong(here: Belongings) -> str:
    with pytest.raises(Wrong) as caught:
        here.look(at_all=True)
    return str(caught.value.args[0])


@pytest.mark.parametrize("size", [1, 7, 4096, 3 << 20])
def test_a_changed_byte_is_seen(size: int) -> None:
    here, (obj,) = filled(size)
    here.look(at_all=True)
    obj[size - 1] = b"\0"
    assert wrong(here) == belongings.CONTENTS


def test_a_write_of_another_process_that_does_not_arrive_is_told_from_a_change() -> None:
    here, (obj,) = filled(100)
    here.note(0, 2)
    assert wrong(here) == belongings.SEEN
    obj.raw = belongings.written_by(0, 2, 100)
    here.look()
    obj.raw = belongings.written_by(0, 1, 100)
    assert wrong(here) == belongings.CONTENTS, "it had been seen"


def test_what_a_child_is_passed_has_to_be_what_was_written() -> None:
    here, obj = Belongings(), (ctypes.c_char * 10)()
    here.add(0, 0, obj)
    here.note(0, 1)
    assert wrong(here) == belongings.SEEN


def test_overlapping_and_used_memory_are_found() -> None:
    here, (obj,) = filled(64)
    here.add(1, 1, (ctypes.c_char * 10).from_buffer(obj, 54))
    with pytest.raises(Wrong, match="byte 0 of o1 is one of o0 as well"):
        here.expect_disjoint(1)
    with pytest.raises(Wrong, match="o1 is new"):
        here.expect_zeros(1)


def test_a_memory_is_looked_at_as_long_as_it_has_a_name() -> None:
    here, (obj,) = filled(8)
    here.add(1, 0, memoryview(obj))
    here.remove(0)
    obj[0] = b"\0"
    assert wrong(here) == belongings.CONTENTS
    here.remove(1)
    here.look()
