"""Area `lock-argument`: that the lock of a wrapper, given or made for it, is the one that guards.

Whatever excludes is held by one actor while another one, in a thread or in a process, begins an
access or tries for the lock.
"""

from __future__ import annotations

from hypothesis import strategies as st

from ..stage.actor import TOOLBOX, Actor
from ..stage.handles import Handle
from ..stage.pool import Description
from ..stage.stage import Stage
from ..strategies.accesses import Access, samples
from ..strategies.making import MAKINGS, Making, with_access
from .check import check
from .exclusion import must_wait
from .observe import expect

_OWN_LOCKS = ("Lock", "RLock")

_BY_DEFAULT = samples(True)
_GUARDED = samples(True, "Lock", "RLock")

_makings = st.sampled_from(MAKINGS)
# Half of them are threads, which cost no start of a process.
_contenders = st.sampled_from(["a thread", "a child", "a thread", "the parent"])
_processes = st.sampled_from(["creator", "child"])


def _two_actors(stage: Stage, contender: str, *shared: Handle) -> tuple[Actor, Actor]:
    """Return the actor that is to wait and the one that is to hold; both see `shared`."""
    creator = stage.creator
    if contender == "a thread":
        return stage.thread(creator), creator
    child = stage.start(*shared)
    return (child, creator) if contender == "a child" else (creator, child)


def _with_access(
    table: dict[Description, tuple[Access, ...]],
) -> st.SearchStrategy[tuple[Description, Access]]:
    return st.sampled_from(
        [(one, access) for one, accesses in table.items() for access in accesses]
    )


# Given locks.


@check(
    "lock-argument.given-lock-guards-access",
    drawn=with_access(),
    lock=st.sampled_from(_OWN_LOCKS),
    contender=_contenders,
)
def test_given_lock_guards_access(
    stage: Stage, drawn: tuple[Making, Access], lock: str, contender: str
) -> None:
    making, access = drawn
    given = getattr(stage.creator, lock)()
    wrapper = making.carry_out(stage.creator, given)
    waits, holds = _two_actors(stage, contender, wrapper, given)
    who = f"the {lock} given to {making}, held elsewhere than in {contender}"
    must_wait(access, waits(wrapper), holds(wrapper), holds(given), who)


_NEW_LOCK = "sharedctypes_actors.processes.new_lock"
_LOCK_LIKE: dict[str, tuple[str, ...]] = {
    **{
        f"threading.{name}": (f"threading.{name}",)
        for name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")
    },
    **{
        f"context.{name}": (_NEW_LOCK, name)
        for name in ("Semaphore", "BoundedSemaphore", "Condition")
    },
    "DuckLock": (f"{TOOLBOX}DuckLock",),
}


@check(
    "lock-argument.accepts-lock-like-objects",
    drawn=with_access(),
    lock=st.sampled_from(list(_LOCK_LIKE)),
)
def test_accepts_lock_like_objects(stage: Stage, drawn: tuple[Making, Access], lock: str) -> None:
    making, access = drawn
    function, *args = _LOCK_LIKE[lock]
    given = stage.creator.call(function, *args)
    wrapper = making.carry_out(stage.creator, given)
    # In a thread, because none of these need be able to cross to a child.
    thread = stage.thread(stage.creator)
    who = f"the {lock} given to {making}, held by another thread"
    must_wait(access, thread(wrapper), wrapper, given, who)


@check(
    "lock-argument.one-lock-serves-several-objects",
    held=_makings,
    drawn=with_access(),
    lock=st.sampled_from(_OWN_LOCKS),
    contender=_contenders,
)
def test_one_lock_serves_several_objects(
    stage: Stage, held: Making, drawn: tuple[Making, Access], lock: str, contender: str
) -> None:
    making, access = drawn
    given = getattr(stage.creator, lock)()
    one = held.carry_out(stage.creator, given)
    other = making.carry_out(stage.creator, given)
    waits, holds = _two_actors(stage, contender, one, other)
    who = f"the {lock} of {held}, which {making} was given too, held elsewhere"
    must_wait(access, waits(other), holds(other), holds(one).get_lock(), who)


@check(
    "lock-argument.plain-lock-is-not-reentrant",
    drawn=with_access(),
    contender=st.sampled_from(["a thread", "a child"]),
)
def test_plain_lock_is_not_reentrant(
    stage: Stage, drawn: tuple[Making, Access], contender: str
) -> None:
    making, access = drawn
    given = stage.creator.Lock()
    wrapper = making.carry_out(stage.creator, given)
    waits, releases = _two_actors(stage, contender, wrapper, given)
    who = f"the Lock given to {making}, held by its own thread and released by another"
    must_wait(
        access,
        waits(wrapper),
        releases(wrapper),
        releases(given),
        who,
        taken_through=waits(given),
    )


# Locks made by default.


@check(
    "lock-argument.default-lock-guards-access",
    drawn=with_access(),
    contender=_contenders,
)
def test_default_lock_guards_access(
    stage: Stage, drawn: tuple[Making, Access], contender: str
) -> None:
    making, access = drawn
    wrapper = making.carry_out(stage.creator)
    waits, holds = _two_actors(stage, contender, wrapper)
    who = f"the lock that {making} made, held elsewhere than in {contender}"
    must_wait(access, waits(wrapper), holds(wrapper), holds(wrapper).get_lock(), who)


@check(
    "lock-argument.default-locks-are-distinct",
    held=_makings,
    free=_makings,
    contender=_contenders,
)
def test_default_locks_are_distinct(
    stage: Stage, held: Making, free: Making, contender: str
) -> None:
    one, other = held.carry_out(stage.creator), free.carry_out(stage.creator)
    tries, holds = _two_actors(stage, contender, one, other)
    lock = tries(other).get_lock()
    with holds(one).get_lock():
        taken = lock.acquire(False)
    expect(taken, True, f"lock.acquire(False) of {free} while that of {held} is held elsewhere")
    lock.release()


@check(
    "lock-argument.default-lock-is-reentrant",
    drawn=_with_access(_BY_DEFAULT),
    who=_processes,
    times=st.integers(1, 3),
)
def test_default_lock_is_reentrant(
    stage: Stage, drawn: tuple[Description, Access], who: str, times: int
) -> None:
    description, access = drawn
    wrapper = stage.pool.take(description, list(_BY_DEFAULT)).seen_by(who)
    lock = wrapper.get_lock()
    for _ in range(times):
        lock.acquire()
    # If it waits for its own thread, the stage finds the hang.
    access.carry_out(wrapper)
    for _ in range(times):
        lock.release()


# Across processes, and past the lock.


@check(
    "lock-argument.is-one-lock-in-every-process",
    description=st.sampled_from(list(_GUARDED)),
    holder=_processes,
)
def test_is_one_lock_in_every_process(stage: Stage, description: Description, holder: str) -> None:
    shared = stage.pool.take(description, list(_GUARDED))
    other = "child" if holder == "creator" else "creator"
    lock = shared.seen_by(other).get_lock()
    with shared.seen_by(holder).get_lock():
        taken = lock.acquire(False)
    what = f"get_lock().acquire(False) of {description} in the {other}, while the {holder} has it"
    expect(taken, False, what)


@check(
    "lock-argument.raw-access-takes-no-lock",
    drawn=_with_access(_GUARDED),
    holder=_processes,
    who=_processes,
)
def test_raw_access_takes_no_lock(
    stage: Stage, drawn: tuple[Description, Access], holder: str, who: str
) -> None:
    description, access = drawn
    shared = stage.pool.take(description, list(_GUARDED))
    lock = shared.seen_by(holder).get_lock()
    lock.acquire()
    # If it waits, the stage finds the hang.
    access.carry_out(shared.seen_by(who).get_obj())
    lock.release()
