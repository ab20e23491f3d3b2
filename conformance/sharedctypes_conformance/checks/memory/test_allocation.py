"""Area `memory`: where objects are allocated, and how long their memory stays theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from ...actors.objects.shelf import (
    BUFFERS,
    POINTERS,
    RESURRECTED,
    Shelf,
    misaligned,
    outlived,
    overlaps,
    unaligned,
)
from ...actors.runtime.type_names import array
from ...actors.scenarios import garbage_collection
from ...actors.system import descriptors
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import allocations, objects
from ...strategies.allocations import Step
from ..kit.check import check, observation
from ..kit.observe import expect

# Objects that the child inherits before anything else is constructed.
_INHERITED = tuple(
    Description("RawArray", CType(name), (length,))
    for name, length in (("c_char", 3), ("c_double", 2), ("c_short", 100), ("c_int", 1000))
)
# What two actors do at the same time, once or twice.
_Steps = tuple[Step, ...]
_WHO = st.sampled_from(["creator", "child"])
_ROUNDS = st.lists(st.tuples(allocations.steps(), allocations.steps()), min_size=1, max_size=2)


def _shelf(actor: Actor, mark: int) -> Any:
    return actor.make(Shelf, mark)


def _inherited(stage: Stage) -> dict[str, list[Handle]]:
    """Return the inherited objects as the creator and as the child see them."""
    shared = stage.pool.take_together(_INHERITED, _INHERITED)
    return {"creator": [one.raw for one in shared], "child": [one.child for one in shared]}


def _at_once(
    stage: Stage, actors: Sequence[Actor], shelves: Sequence[Any], done: Sequence[_Steps]
) -> None:
    """Have each actor carry its steps out on its shelf, all of them at the same time."""
    begun = [
        actor.begin(Shelf.carry_out, shelf, [step.on(stage) for step in steps])
        for actor, shelf, steps in zip(actors, shelves, done, strict=True)
    ]
    for pending in begun:
        pending.result()


def _expect_none(found: list[str], what: str, done: object) -> None:
    if found:
        raise NotKept(f"{what}: {'; '.join(found[:3])}; steps: {done}")


@check("memory.live-objects-never-overlap", rounds=_ROUNDS, who=_WHO)
def test_live_objects_never_overlap(
    stage: Stage, rounds: list[tuple[_Steps, _Steps]], who: str
) -> None:
    held = _inherited(stage)[who]
    actor = actor_of(held[0])
    actors = [actor, stage.thread(actor)]
    shelves = [_shelf(actor, mark) for mark in range(2)]
    for done in rounds:
        _at_once(stage, actors, shelves, done)
        found = actor.call(overlaps, shelves, held)
        _expect_none(found, f"objects of the {who} overlap", done)


@check("memory.allocation-changes-no-other-object", rounds=_ROUNDS)
def test_allocation_changes_no_other_object(
    stage: Stage, rounds: list[tuple[_Steps, _Steps]]
) -> None:
    creator = stage.creator
    actors = [creator, stage.thread(creator)]
    shelves = [_shelf(creator, mark) for mark in range(2)]
    for done in rounds:
        _at_once(stage, actors, shelves, done)
        for shelf in shelves:
            _expect_none(shelf.changed(), "objects changed that no step wrote to", done)


@check(
    "memory.processes-allocate-disjoint-memory",
    costly=True,
    before=allocations.steps(),
    after=st.tuples(*[allocations.steps()] * 4),
)
def test_processes_allocate_disjoint_memory(
    stage: Stage, before: _Steps, after: tuple[_Steps, ...]
) -> None:
    # The child of the pool serves as a sibling.
    sibling = actor_of(_inherited(stage)["child"][0])
    inherited = _shelf(stage.creator, 0)
    # What has been dropped before a child starts is free in both processes.
    dropped = [step.on(stage) for step in allocations.MAKE_AND_DROP_SOME]
    _shelf(stage.creator, 0).carry_out(dropped)
    inherited.carry_out([step.on(stage) for step in before])
    child = stage.start(inherited)
    _shelf(child, 0).carry_out(dropped)
    grandchild = stage.start(child(inherited), parent=child)
    actors = [stage.creator, child, sibling, grandchild]
    shelves = [_shelf(actor, mark) for mark, actor in enumerate(actors, start=1)]
    again = [(*allocations.MAKE_SOME, *steps) for steps in after]
    _at_once(stage, actors, shelves, again)
    for shelf in (*shelves, inherited, child(inherited), grandchild(inherited)):
        what = f"objects of {actor_of(shelf).name} have changed while other processes allocated"
        _expect_none(shelf.changed(), what, f"{before} before a child was started, then {after}")


@check("memory.is-aligned-to-eight-bytes", steps=allocations.steps())
def test_is_aligned_to_eight_bytes(stage: Stage, steps: _Steps) -> None:
    shelf = _shelf(stage.creator, 1)
    shelf.carry_out([step.on(stage) for step in steps])
    found = stage.creator.call(unaligned, shelf, 8)
    _expect_none(found, "not at a multiple of 8", steps)


# Objects that are only referenced indirectly.

_WHOLE = tuple(
    Description("RawValue", CType(name))
    for name in ("c_short", "c_double", objects.POINT, objects.MIXED, objects.NUMBER)
) + tuple(
    Description("RawArray", CType(name), (length,))
    for name, length in (("c_char", 1), ("c_char", 40), ("c_int", 9), ("c_ubyte", 5000))
)
_WITH_PARTS = (
    Description("RawArray", CType(objects.POINT), (1,)),
    Description("RawArray", CType(objects.MIXED), (3,)),
    Description("RawArray", CType(array(4, "c_int")), (3,)),
    Description("RawValue", CType(objects.NESTED)),
    Description("RawValue", CType(objects.NUMBER)),
)
_GUARDED = tuple(
    Description(description.maker.removeprefix("Raw"), description.type, description.args)
    for description in (*_WHOLE, *_WITH_PARTS)
)
_Views = list[tuple[str, Description]]


def _outlives(stage: Stage, drawn: _Views, who: str) -> None:
    actor = actor_of(_inherited(stage)[who][0])
    for view, description in drawn:
        make, args = (
            stage.backend_function(description.maker),
            (description.type, *description.args),
        )
        wanted, found = actor.call(outlived, view, make, args, 4)
        what = f"the memory of {description} of the {who}, which only {view} references,"
        expect(found, wanted, f"{what} while others were constructed")


def _referenced_by(
    *views: str, table: tuple[Description, ...] = _WHOLE
) -> st.SearchStrategy[_Views]:
    pairs = [(view, description) for view in views for description in table]
    return st.lists(st.sampled_from(pairs), min_size=1, max_size=6)


@check(
    "memory.nested-view-keeps-memory-alive",
    drawn=_referenced_by("a part of it", table=_WITH_PARTS),
    who=_WHO,
)
def test_nested_view_keeps_memory_alive(stage: Stage, drawn: _Views, who: str) -> None:
    _outlives(stage, drawn, who)


@check("memory.buffer-keeps-memory-alive", drawn=_referenced_by(*BUFFERS), who=_WHO)
def test_buffer_keeps_memory_alive(stage: Stage, drawn: _Views, who: str) -> None:
    _outlives(stage, drawn, who)


@check("memory.pointer-keeps-memory-alive", drawn=_referenced_by(*POINTERS), who=_WHO)
def test_pointer_keeps_memory_alive(stage: Stage, drawn: _Views, who: str) -> None:
    _outlives(stage, drawn, who)


@check(
    "memory.raw-object-outlives-wrapper",
    drawn=_referenced_by("get_obj()", table=_GUARDED),
    who=_WHO,
)
def test_raw_object_outlives_wrapper(stage: Stage, drawn: _Views, who: str) -> None:
    _outlives(stage, drawn, who)


@check("memory.resurrected-object-keeps-memory", drawn=_referenced_by(RESURRECTED), who=_WHO)
def test_resurrected_object_keeps_memory(stage: Stage, drawn: _Views, who: str) -> None:
    _outlives(stage, drawn, who)


# Many objects.


@check("memory.child-inherits-hundreds-of-objects")
def test_child_inherits_hundreds_of_objects(stage: Stage) -> None:
    creator = stage.creator
    shelf = _shelf(creator, 1)
    every = [Step("make", description=one) for one in allocations.ALLOCATIONS if one.is_raw]
    shelf.carry_out([step.on(stage) for step in (every * 10)[:500]])
    child = stage.start(shelf)
    inherited = child(shelf)
    done = "it inherited 500 objects"
    _expect_none(inherited.changed(), "a child reads wrong bytes", done)
    written = inherited.fill_all()
    _expect_none(shelf.changed(written), "the parent does not read what a child wrote", done)


# Garbage collection meanwhile.


_COLLECTIONS = 4_000


@check("memory.survives-gc-during-allocation")
def test_survives_gc_during_allocation(stage: Stage) -> None:
    for maker in ("RawValue", "RawArray", "synchronized"):
        stage.require(maker)
    # If a construction waits for itself, the stage reports the hang.
    construct = garbage_collection.construct_amid_collections
    made = stage.creator.call(construct, stage.target.backend, stage.times(_COLLECTIONS))
    what = f"the rounds of {made.rounds}, amid collections, in which objects were corrupted:"
    expect(made.corrupted, 0, what)


# What is recorded.


@observation("memory.alignment-beyond-eight-bytes")
def test_alignment_beyond_eight_bytes(stage: Stage) -> Any:
    make = stage.backend_function("RawValue")
    return stage.creator.call(misaligned, make, 16)


@observation("memory.descriptor-use")
def test_descriptor_use(stage: Stage) -> Any:
    with stage.fresh() as alone:
        raw, guarded = (alone.backend_function(maker) for maker in ("RawValue", "Value"))
        return alone.creator.call(descriptors.taken_by, raw, guarded, 200)
