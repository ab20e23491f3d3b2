"""Area `operations`: sequences of accesses by the creator and two children of one object.

Each step is done to a plain ctypes object as well, and has to do the same; see `twins`. The steps
follow one another: accesses at the same time are judged with the locks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from hypothesis import strategies as st

from ...actors.runtime import batches
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.names import CType
from ...stage.pool import Shared
from ...stage.stage import Stage
from ...strategies import members, objects
from ...strategies.sequences import PROCESSES, SLOTS, Step, interleaved, sequences
from ..kit.check import check
from ..kit.observe import expect
from ..kit.twins import bytes_of, each_same_as_twin, twin_of

_Sequence = tuple[Description, list[Step]]

_RAW = (
    *objects.RAW_VALUES,
    *(one.raw for one in (*objects.ARRAYS, *objects.STRINGS, *objects.STRUCTURE_ARRAYS)),
    *(Description("RawValue", CType(name)) for name in objects.STRUCTURES),
)


def _follow(stage: Stage, drawn: _Sequence, table: Sequence[Description] = members.ALL) -> Shared:
    description, steps = drawn
    shared = stage.pool.take(description, table)
    taken = [(shared.seen_by(who), access) for who, access in steps]
    each_same_as_twin(taken, shared.raw, description)
    _expect_everywhere(shared, description)
    return shared


def _expect_everywhere(shared: Shared, description: Description) -> None:
    """Raise NotKept unless all processes see the same bytes."""
    wanted = bytes_of(shared.raw)
    for who in PROCESSES:
        seen = shared.seen_by(who)
        got = actor_of(seen).call(batches.bytes_behind, seen)
        expect(got, wanted, f"the bytes of {description} in the {who} in the end")


@check("operations.values-behave-as-one-ctypes-object", drawn=sequences(objects.VALUES))
def test_values_behave_as_one_ctypes_object(stage: Stage, drawn: _Sequence) -> None:
    _follow(stage, drawn)


@check(
    "operations.arrays-behave-as-one-ctypes-object",
    drawn=sequences((*objects.ARRAYS, *objects.STRUCTURE_ARRAYS)),
)
def test_arrays_behave_as_one_ctypes_object(stage: Stage, drawn: _Sequence) -> None:
    _follow(stage, drawn)


@check("operations.strings-behave-as-one-ctypes-object", drawn=sequences(objects.STRINGS[:2]))
def test_strings_behave_as_one_ctypes_object(stage: Stage, drawn: _Sequence) -> None:
    _follow(stage, drawn)


@check("operations.structures-behave-as-one-ctypes-object", drawn=sequences(members.WITH_FIELDS))
def test_structures_behave_as_one_ctypes_object(stage: Stage, drawn: _Sequence) -> None:
    _follow(stage, drawn)


@check("operations.raw-objects-behave-as-one-ctypes-object", drawn=sequences(_RAW))
def test_raw_objects_behave_as_one_ctypes_object(stage: Stage, drawn: _Sequence) -> None:
    _follow(stage, drawn, _RAW)


@check(
    "operations.wrapper-and-object-agree",
    drawn=sequences(members.ALL),
    # One bit for each step: through the wrapper, or on the raw object.
    past=st.integers(0, 2**SLOTS - 1),
)
def test_wrapper_and_object_agree(stage: Stage, drawn: _Sequence, past: int) -> None:
    description, steps = drawn
    shared = stage.pool.take(description, members.ALL)
    wrappers = {who: shared.seen_by(who) for who, _ in steps}
    raws = {who: wrapper.get_obj() for who, wrapper in wrappers.items()}
    taken = [
        ((raws if past >> place & 1 else wrappers)[who], access)
        for place, (who, access) in enumerate(steps)
    ]
    each_same_as_twin(taken, shared.raw, f"{description}, through the wrapper or on its raw object")
    _expect_everywhere(shared, description)


_SOME = (
    *objects.VALUES[:4],
    *objects.ARRAYS[3:9],
    *objects.STRINGS[:2],
    *objects.STRUCTURE_VALUES,
    *objects.STRUCTURE_ARRAYS[:3],
)


@check("operations.other-objects-are-unchanged", drawn=interleaved(_SOME))
def test_other_objects_are_unchanged(
    stage: Stage, drawn: tuple[Sequence[Description], list[tuple[int, Step]]]
) -> None:
    descriptions, steps = drawn
    all_shared = [stage.pool.take(one, members.ALL) for one in descriptions]
    twins = [twin_of(shared.raw) for shared in all_shared]
    for place, (who, access) in steps:
        shared = all_shared[place]
        step = (shared.seen_by(who), access)
        each_same_as_twin([step], shared.raw, descriptions[place], twins[place])
    for description, shared, twin in zip(descriptions, all_shared, twins, strict=True):
        expect(shared.raw, twin, f"the bytes of {description} after operations on all of them")
        _expect_everywhere(shared, description)


@check("operations.leave-lock-free", drawn=sequences(members.ALL))
def test_leave_lock_free(stage: Stage, drawn: _Sequence) -> None:
    description, steps = drawn
    shared = stage.pool.take(description, members.ALL)
    taken = [(shared.seen_by(who), access) for who, access in steps]
    each_same_as_twin(taken, shared.raw, description)
    # If one process still holds it, the others cannot acquire it.
    for who, other in permutations(PROCESSES, 2):
        seen = shared.seen_by(who)
        # A name that neither the wrapper nor its object has is looked up in both.
        actor_of(seen).call("builtins.hasattr", seen, "missing")
        lock = shared.seen_by(other).get_lock()
        expect(lock.acquire(False), True, f"acquire(False) of the {other} after all of it")
        lock.release()
