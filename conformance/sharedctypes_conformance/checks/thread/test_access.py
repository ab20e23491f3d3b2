"""Area `thread`: several threads of one process, in the creator and in a child."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import char_arrays, recycled_memory
from ...actors.runtime import parts
from ...actors.threads import helpers
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import OperationRaised
from ...stage.handles import Handle, invoke
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import members, objects, values
from ...strategies.accesses import SAMPLES, Access, samples
from ..kit.check import check, observation
from ..kit.exclusion import must_wait
from ..kit.observe import expect, expect_raises
from ..kit.twins import each_same_as_twin, same_as_twin

_WHO = st.sampled_from(["creator", "child"])
_GUARDED = samples(True, "Lock", "RLock")
_TABLE = tuple(_GUARDED)


def _with_access(table: dict[Description, tuple[Access, ...]]) -> st.SearchStrategy[Any]:
    return st.sampled_from([(one, access) for one, its in table.items() for access in its])


def _by_another(stage: Stage, handle: Handle) -> Handle:
    """Return an object as a new thread of the same process sees it."""
    return stage.thread(actor_of(handle))(handle)


# Locks.


# Examples are few and large, because each has a thread of its own.


@check(
    "thread.accesses-exclude-each-other",
    costly=True,
    drawn=st.lists(st.tuples(_with_access(_GUARDED), st.booleans()), min_size=4, max_size=8),
    who=_WHO,
)
def test_accesses_exclude_each_other(
    stage: Stage, drawn: list[tuple[tuple[Description, Access], bool]], who: str
) -> None:
    shared = stage.pool.take_together([one for (one, _), _ in drawn], _TABLE)
    taken = [one.seen_by(who) for one in shared]
    thread = stage.thread(actor_of(taken[0]))
    for main, ((description, access), main_holds) in zip(taken, drawn, strict=True):
        holder, waits = (main, thread(main)) if main_holds else (thread(main), main)
        shown = f"the lock of {description}, held by another thread of the {who}"
        must_wait(access, waits, holder, holder.get_lock(), shown)


_COUNTERS: dict[Description, tuple[Any, ...]] = {
    Description("Value", "i", (0,)): ("value",),
    Description("Array", "i", (3,), "RLock"): (1,),
    Description("Value", CType(objects.POINT)): ("x",),
}


@check(
    "thread.locked-increments-add-up",
    description=st.sampled_from(list(_COUNTERS)),
    by_wrapper=st.booleans(),
)
def test_locked_increments(stage: Stage, description: Description, by_wrapper: bool) -> None:
    threads, times = 2, 20
    shared = stage.pool.take(description, tuple(_COUNTERS))
    path = _COUNTERS[description]
    function = helpers.locked_increments
    begun = [
        actor_of(one).begin(function, one, path, by_wrapper, threads, times)
        for one in (shared.creator, shared.child)
    ]
    for pending in begun:
        pending.result()
    got = stage.creator.call(parts.read_at, shared.creator, path)
    what = f"{description} after {times} locked increments in each of 2 x {threads} threads"
    expect(int(got), 2 * threads * times, what)


_DEFAULTS = tuple(samples(True))


@check(
    "thread.owns-the-default-lock",
    description=st.sampled_from(_DEFAULTS),
    depth=st.integers(1, 3),
    who=_WHO,
)
def test_owns_the_default_lock(
    stage: Stage, description: Description, depth: int, who: str
) -> None:
    shared = stage.pool.take(description, _DEFAULTS)
    owner = shared.seen_by(who)
    others = {
        "another thread": _by_another(stage, owner),
        "another process": shared.seen_by("child" if who == "creator" else "creator"),
    }
    for level in range(depth):
        expect(_call(owner, "acquire", False), True, f"acquire no. {level + 1} of {description}")
    for name, other in others.items():
        where = f"in {name} while a thread of the {who} has the lock of {description} {depth} times"
        expect(_call(other, "acquire", False), False, f"acquire(False) {where}")
        expect_raises(partial(_call, other, "release"), f"release() {where}", "AssertionError")
    for _ in range(depth - 1):
        _call(owner, "release")
    for name, other in others.items():
        where = f"in {name} before the last release() of {description}"
        expect(_call(other, "acquire", False), False, f"acquire(False) {where}")
    _call(owner, "release")
    for name, other in others.items():
        where = f"in {name} after as many release() as acquire() of {description}"
        expect(_call(other, "acquire", False), True, f"acquire(False) {where}")
        _call(other, "release")


def _call(obj: Handle, method: str, *args: Any) -> Any:
    return invoke(obj, method, *args)


# Objects.

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
    "thread.uses-what-others-made",
    costly=True,
    drawn=st.tuples(*[members.on_each(_USED, most=4, at_once=2)] * 4).map(
        lambda parts: [case for part in parts for case in part]
    ),
    who=_WHO,
)
def test_uses_what_others_made(stage: Stage, drawn: list[members.Case], who: str) -> None:
    process = actor_of(stage.pool.take(_DEFAULTS[0], _DEFAULTS).seen_by(who))
    maker, user = stage.thread(process), stage.thread(process)
    actors = [user, process, maker]
    for description, filling, operations in drawn:
        for one in (description, description.raw):
            try:
                made: Handle = one.create(maker)
            except OperationRaised:
                # Which types there are is not judged here.
                continue
            raw = made if one.is_raw else made.get_obj()
            if filling is not None:
                filling.carry_out(raw)
            steps = [
                (actors[place % 3](made), operation) for place, operation in enumerate(operations)
            ]
            shown = f"{one}, made by one thread of the {who} and used by others,"
            each_same_as_twin(steps, process(raw), shown)


_KINDS = tuple(SAMPLES)


@check(
    "thread.leaves-its-objects-behind",
    costly=True,
    raw=st.booleans(),
    operations=st.tuples(
        *[st.lists(st.sampled_from(SAMPLES[one]), min_size=2, max_size=6) for one in _KINDS]
    ),
)
def test_leaves_its_objects_behind(
    stage: Stage, raw: bool, operations: tuple[list[Access], ...]
) -> None:
    creator = stage.creator
    kinds = [one.raw if raw else one for one in _KINDS]
    calls = [(stage.backend_function(one.maker), (one.type, *one.args)) for one in kinds]
    made: list[Handle] = creator.call(helpers.make_in_a_thread, calls)
    raws = made if raw else [obj.get_obj() for obj in made]
    # What is free now is used again, and would no longer be as it was.
    sizes = [creator.call("ctypes.sizeof", obj) for obj in raws]
    raw_array = stage.backend_function("RawArray")
    creator.call(recycled_memory.leave_dirt, raw_array, sizes)
    child = stage.start(*made)
    for one, obj, memory, done in zip(kinds, made, raws, operations, strict=True):
        shown = f"{one}, made by a thread that has ended, in a child that was started later,"
        same_as_twin(done, child(obj), memory, shown, _ordinary(creator, one))


def _ordinary(creator: Actor, description: Description) -> Handle:
    """Return an ordinary ctypes object that is made alike."""
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
    "thread.waiting-holds-up-no-other",
    costly=True,
    drawn=st.lists(
        st.tuples(_with_access(_WAITED_FOR), st.lists(_with_access(_FREE), min_size=1, max_size=3)),
        min_size=1,
        max_size=8,
    ),
    who=_WHO,
)
def test_waiting_holds_up_no_other(
    stage: Stage,
    drawn: list[tuple[tuple[Description, Access], list[tuple[Description, Access]]]],
    who: str,
) -> None:
    wanted = [
        one for (one, _), going_on in drawn for one in (one, *(other for other, _ in going_on))
    ]
    shared = dict(zip(wanted, stage.pool.take_together(wanted, _BOTH), strict=True))
    process = actor_of(shared[wanted[0]].seen_by(who))
    thread = stage.thread(process)
    for (description, access), going_on in drawn:
        waited_for = shared[description]
        lock = waited_for.seen_by("child" if who == "creator" else "creator").get_lock()
        lock.acquire()
        pending = access.begin(thread(waited_for.seen_by(who)))
        pending.settle()
        # Whoever is held up by the one that waits, waits for ever: the stage finds the hang.
        where = f"while another thread of the {who} waits for the lock of {description}"
        for one, what in going_on:
            free = shared[one]
            same_as_twin([what], free.seen_by(who), free.raw, f"{one}, {where},")
        expect(process.Value("i", 5).value, 5, f"Value('i', 5).value {where}")
        lock.release()
        pending.result()


# What is recorded.


@observation("thread.raw-access-at-once")
def test_raw_access_at_once(stage: Stage) -> Any:
    value, array = (stage.backend_function(name) for name in ("RawValue", "RawArray"))
    return stage.creator.call(helpers.raw_access_at_once, value, array, 2000)
