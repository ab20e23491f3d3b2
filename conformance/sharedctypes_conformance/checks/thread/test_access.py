"""Area `thread`: several threads of one process, in the creator and in a child."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import char_arrays, recycled_memory
from ...actors.threads import helpers
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import OperationRaised
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import members, objects, values
from ...strategies.accesses import SAMPLES, Access, samples
from ..kit.check import check, observation
from ..kit.observe import expect
from ..kit.twins import each_same_as_twin, same_as_twin

_WHO = st.sampled_from(["creator", "child"])


def _with_access(table: dict[Description, tuple[Access, ...]]) -> st.SearchStrategy[Any]:
    return st.sampled_from([(one, access) for one, its in table.items() for access in its])


_DEFAULTS = tuple(samples(True))

_USED: dict[Description, members.Accesses] = {
    **{
        one: members.reading_and_assigning("value", values.any_for(objects.ctype_of(one)))
        for one in objects.VALUES
    },
    **{
        one: members.item_accesses(
            members.length_of(one), members.assignable(objects.ctype_of(one))
        )
        for one in members.ARRAYS
    },
    **dict.fromkeys(objects.STRINGS, members.string_accesses),
    **{
        one: members.field_accesses(members.FIELDS[objects.ctype_of(one)])
        for one in members.WITH_FIELDS
    },
}


@check(
    "thread.objects-work-in-any-thread",
    costly=True,
    drawn=st.tuples(*[members.on_each(_USED, most=4, at_once=2)] * 4).map(
        lambda parts: [case for part in parts for case in part]
    ),
    who=_WHO,
)
def test_objects_work_in_any_thread(stage: Stage, drawn: list[members.Case], who: str) -> None:
    process = actor_of(stage.pool.take(_DEFAULTS[0], _DEFAULTS).seen_by(who))
    maker, user = stage.thread(process), stage.thread(process)
    actors = [user, process, maker]
    for description, filling, operations in drawn:
        for one in (description, description.raw):
            try:
                made: Handle = one.create(maker)
            except OperationRaised:
                # Which types are accepted is not judged here.
                continue
            raw = made if one.is_raw else made.get_obj()
            if filling is not None:
                filling.carry_out(raw)
            steps = [
                (actors[place % 3](made), operation) for place, operation in enumerate(operations)
            ]
            shown = f"{one}, constructed by one thread of the {who} and used by others,"
            each_same_as_twin(steps, process(raw), shown)


_KINDS = tuple(SAMPLES)


@check(
    "thread.objects-outlive-creating-thread",
    costly=True,
    raw=st.booleans(),
    operations=st.tuples(
        *[st.lists(st.sampled_from(SAMPLES[one]), min_size=2, max_size=6) for one in _KINDS]
    ),
)
def test_objects_outlive_creating_thread(
    stage: Stage, raw: bool, operations: tuple[list[Access], ...]
) -> None:
    creator = stage.creator
    kinds = [one.raw if raw else one for one in _KINDS]
    calls = [(stage.backend_function(one.maker), (one.type, *one.args)) for one in kinds]
    made: list[Handle] = creator.call(helpers.make_in_a_thread, calls)
    raws = made if raw else [obj.get_obj() for obj in made]
    # Memory that is free now is reused and overwritten.
    sizes = [creator.call("ctypes.sizeof", obj) for obj in raws]
    raw_array = stage.backend_function("RawArray")
    creator.call(recycled_memory.leave_recycled_memory, raw_array, sizes)
    child = stage.start(*made)
    for one, obj, memory, done in zip(kinds, made, raws, operations, strict=True):
        shown = f"{one}, constructed by a thread that has ended, in a child that was started later,"
        same_as_twin(done, child(obj), memory, shown, _ordinary(creator, one))


def _ordinary(creator: Actor, description: Description) -> Handle:
    """Return an ordinary ctypes object of the same type and arguments."""
    kind = CType(objects.ctype_of(description))
    if description.maker.endswith("Value"):
        made: Handle = creator.call(kind, *description.args)
    else:
        made = creator.call(char_arrays.array_from, kind, *description.args)
    return made


_WAITED_FOR = samples(True, "Lock")
_FREE = samples("RLock")
_BOTH = (*_WAITED_FOR, *_FREE)


@check(
    "thread.waiting-blocks-no-other-thread",
    costly=True,
    drawn=st.lists(
        st.tuples(_with_access(_WAITED_FOR), st.lists(_with_access(_FREE), min_size=1, max_size=3)),
        min_size=1,
        max_size=8,
    ),
    who=_WHO,
)
def test_waiting_blocks_no_other_thread(
    stage: Stage,
    drawn: list[tuple[tuple[Description, Access], list[tuple[Description, Access]]]],
    who: str,
) -> None:
    wanted = [
        one for (one, _), meanwhile in drawn for one in (one, *(other for other, _ in meanwhile))
    ]
    shared = dict(zip(wanted, stage.pool.take_together(wanted, _BOTH), strict=True))
    process = actor_of(shared[wanted[0]].seen_by(who))
    thread = stage.thread(process)
    for (description, access), meanwhile in drawn:
        waited_for = shared[description]
        lock = waited_for.seen_by("child" if who == "creator" else "creator").get_lock()
        lock.acquire()
        pending = access.begin(thread(waited_for.seen_by(who)))
        pending.settle()
        # If the waiting thread blocks another, that waits for ever: the stage reports the hang.
        where = f"while another thread of the {who} waits for the lock of {description}"
        for one, other_access in meanwhile:
            free = shared[one]
            same_as_twin([other_access], free.seen_by(who), free.raw, f"{one}, {where},")
        expect(process.Value("i", 5).value, 5, f"Value('i', 5).value {where}")
        lock.release()
        pending.result()


# What is recorded.


@observation("thread.concurrent-raw-access")
def test_concurrent_raw_access(stage: Stage) -> Any:
    value, array = (stage.backend_function(name) for name in ("RawValue", "RawArray"))
    return stage.creator.call(helpers.raw_access_at_once, value, array, 2000)
