"""Area `lock-argument`: the lock of a wrapper, given or created for it, is what guards it.

One actor holds the lock while another, in a thread or in a process, begins an access or tries to
acquire the lock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import many_locks, minimal_locks
from ...actors.runtime import parts, processes
from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.findings import Missing, NotKept, OperationRaised
from ...stage.handles import Handle
from ...stage.names import CType, Remote
from ...stage.stage import Stage
from ...strategies.accesses import Access, samples
from ...strategies.constructions import CONSTRUCTIONS, Construction, with_access
from ...strategies.objects import NESTED
from ...strategies.tables import Table, each_of
from ..kit.check import check
from ..kit.exclusion import called, must_wait
from ..kit.observe import expect

_OWN_LOCKS = ("Lock", "RLock")

_BY_DEFAULT = samples(True)
_GUARDED = samples(True, "Lock", "RLock")

_constructions = st.sampled_from(CONSTRUCTIONS)
_accesses = st.sampled_from(with_access())
_locks = st.sampled_from(_OWN_LOCKS)
_processes = st.sampled_from(["creator", "child"])


def _several(*parts: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Return several cases for one example, so that they share the start of a child."""
    return st.lists(st.tuples(*parts), min_size=1, max_size=16)


def _pairs(stage: Stage, *shared: Handle) -> Iterator[tuple[str, Actor, Actor]]:
    """Give an actor that is to wait, its name, and one that is to hold; all see `shared`."""
    creator = stage.creator
    child = stage.start(*shared)
    yield "a child", child, creator
    yield "the parent", creator, child
    # After the start: forking a process that has threads is not promised to work.
    yield "a thread", stage.thread(creator), creator


def _with_access(
    table: dict[Description, tuple[Access, ...]],
) -> Table:
    return each_of([(one, access) for one, accesses in table.items() for access in accesses])


# Given locks.


@check(
    "lock-argument.given-lock-guards-access",
    costly=True,
    drawn=_several(_accesses, _locks),
)
def test_given_lock_guards_access(
    stage: Stage, drawn: list[tuple[tuple[Construction, Access], str]]
) -> None:
    _expect_guarded(stage, drawn, [getattr(stage.creator, lock)() for _, lock in drawn])


def _expect_guarded(
    stage: Stage, drawn: list[tuple[tuple[Construction, Access], str]], locks: list[Handle]
) -> None:
    """Expect each access to wait for the lock that its object was given, wherever it is held."""
    creator = stage.creator
    wrappers = [
        construction.carry_out(creator, given)
        for ((construction, _), _), given in zip(drawn, locks, strict=True)
    ]
    for contender, waits, holds in _pairs(stage, *wrappers, *locks):
        for ((construction, access), lock), wrapper, given in zip(
            drawn, wrappers, locks, strict=True
        ):
            who = f"the {lock} given to {construction}, held elsewhere than in {contender}"
            must_wait(access, waits(wrapper), holds(wrapper), holds(given), who)


_OF_CONTEXTS = ("Semaphore", "BoundedSemaphore", "Condition")


@check(
    "lock-argument.semaphores-guard-access-in-children",
    costly=True,
    drawn=_several(_accesses, st.sampled_from(_OF_CONTEXTS)),
)
def test_semaphores_guard_access_in_children(
    stage: Stage, drawn: list[tuple[tuple[Construction, Access], str]]
) -> None:
    made = [stage.creator.call(processes.new_lock, kind) for _, kind in drawn]
    _expect_guarded(stage, drawn, made)


_LOCK_LIKE: dict[str, tuple[Remote, *tuple[str, ...]]] = {
    **{
        f"threading.{name}": (f"threading.{name}",)
        for name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")
    },
    **{f"context.{name}": (processes.new_lock, name) for name in _OF_CONTEXTS},
    "DuckLock": (minimal_locks.DuckLock,),
}


@check(
    "lock-argument.accepts-lock-like-objects",
    drawn=with_access(),
    lock=each_of(list(_LOCK_LIKE)),
)
def test_accepts_lock_like_objects(
    stage: Stage, drawn: tuple[Construction, Access], lock: str
) -> None:
    construction, access = drawn
    function, *args = _LOCK_LIKE[lock]
    given = stage.creator.call(function, *args)
    wrapper = construction.carry_out(stage.creator, given)
    # In a thread, because none of these has to be inheritable by a child.
    thread = stage.thread(stage.creator)
    who = f"the {lock} given to {construction}, held by another thread"
    must_wait(access, thread(wrapper), wrapper, given, who)


@check(
    "lock-argument.one-lock-guards-several-objects",
    costly=True,
    covers=_OWN_LOCKS,
    lock=_locks,
    held=_constructions,
    drawn=_several(_accesses),
)
def test_one_lock_guards_several_objects(
    stage: Stage, lock: str, held: Construction, drawn: list[tuple[tuple[Construction, Access]]]
) -> Counter[str]:
    creator = stage.creator
    given = getattr(creator, lock)()
    one = held.carry_out(creator, given)
    others = [construction.carry_out(creator, given) for ((construction, _),) in drawn]
    for contender, waits, holds in _pairs(stage, one, *others, given):
        for ((construction, access),), other in zip(drawn, others, strict=True):
            what = f"the {lock} of {held}, which {construction} was given too"
            who = f"{what}, held elsewhere than in {contender}"
            must_wait(access, waits(other), holds(other), holds(one).get_lock(), who)
        names = [f"the {lock}", *(str(construction) for ((construction, _),) in drawn)]
        for other, name in zip((given, *others), names, strict=True):
            for acquired, tried in ((one, other), (other, one)):
                called(waits(acquired), "acquire")
                taken = called(waits(tried), "acquire", False)
                for held_one in (tried, acquired) if taken is True else (acquired,):
                    called(waits(held_one), "release")
                what = f"acquire(False) of {contender}, which holds the {lock} of {held} and {name}"
                expect(taken, lock == "RLock", f"{what} already, through the other one")
    return Counter((lock,))


@check(
    "lock-argument.plain-lock-is-not-reentrant",
    costly=True,
    drawn=_several(_accesses),
)
def test_plain_lock_is_not_reentrant(
    stage: Stage, drawn: list[tuple[tuple[Construction, Access]]]
) -> None:
    creator = stage.creator
    locks = [creator.Lock() for _ in drawn]
    wrappers = [
        construction.carry_out(creator, given)
        for ((construction, _),), given in zip(drawn, locks, strict=True)
    ]
    for contender, waits, releases in _pairs(stage, *wrappers, *locks):
        for ((construction, access),), wrapper, given in zip(drawn, wrappers, locks, strict=True):
            who = (
                f"the Lock given to {construction}, held by {contender} itself, released by another"
            )
            must_wait(
                access,
                waits(wrapper),
                releases(wrapper),
                releases(given),
                who,
                acquired_through=waits(given),
            )


# Locks created by default.


@check(
    "lock-argument.default-lock-guards-access",
    costly=True,
    drawn=_several(_accesses),
)
def test_default_lock_guards_access(
    stage: Stage, drawn: list[tuple[tuple[Construction, Access]]]
) -> None:
    wrappers = [construction.carry_out(stage.creator) for ((construction, _),) in drawn]
    for contender, waits, holds in _pairs(stage, *wrappers):
        for ((construction, access),), wrapper in zip(drawn, wrappers, strict=True):
            who = f"the lock that {construction} created, held elsewhere than in {contender}"
            must_wait(access, waits(wrapper), holds(wrapper), holds(wrapper).get_lock(), who)


@check(
    "lock-argument.default-locks-are-distinct",
    costly=True,
    drawn=_several(_constructions, _constructions),
)
def test_default_locks_are_distinct(
    stage: Stage, drawn: list[tuple[Construction, Construction]]
) -> None:
    made = [[construction.carry_out(stage.creator) for construction in pair] for pair in drawn]
    for _, tries, holds in _pairs(stage, *(wrapper for pair in made for wrapper in pair)):
        for (held, free), (one, other) in zip(drawn, made, strict=True):
            lock = tries(other).get_lock()
            with holds(one).get_lock():
                taken = lock.acquire(False)
            what = f"lock.acquire(False) of {free} while that of {held} is held elsewhere"
            expect(taken, True, what)
            lock.release()
    _expect_many_distinct(stage)


# More than there are in a table of 1024 from which a backend may take them, whatever the profile.
_MANY, _AT_LEAST = 4400, 1100


def _expect_many_distinct(stage: Stage) -> None:
    for name in ("Value", "Array", "synchronized", "RawValue"):
        stage.require(name)
    count = max(_AT_LEAST, stage.times(_MANY))
    found = stage.once(
        "many default locks",
        lambda: stage.creator.call(many_locks.held_together, stage.target.backend, count),
    )
    if found.others:
        some = ", ".join(map(str, found.others[:5])) + ", ..." * (len(found.others) > 5)
        raise NotKept(
            f"of {found.objects} objects with locks of their own, the locks of {len(found.others)} "
            f"could not be acquired while that of another one, number {found.held}, was held: "
            f"numbers {some}"
        )


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
    # If it waits for its own thread, the stage reports the hang.
    access.carry_out(wrapper)
    for _ in range(times):
        lock.release()


# Across processes, and accesses that bypass the lock.


@check(
    "lock-argument.is-one-lock-in-every-process",
    description=each_of(list(_GUARDED)),
    holder=_processes,
)
def test_is_one_lock_in_every_process(stage: Stage, description: Description, holder: str) -> None:
    stage.once("locks of wrapped parts", lambda: _expect_locks_of_parts(stage))
    shared = stage.pool.take(description, list(_GUARDED))
    other = "child" if holder == "creator" else "creator"
    lock = shared.seen_by(other).get_lock()
    with shared.seen_by(holder).get_lock():
        taken = lock.acquire(False)
    what = f"get_lock().acquire(False) of {description} in the {other}, while the {holder} holds it"
    expect(taken, False, what)


# Of an array of NESTED.
_PATHS: tuple[tuple[int | str, ...], ...] = ((1,), (1, "at"), (0, "tail"))


def _expect_locks_of_parts(stage: Stage) -> None:
    """Expect that the wrapper of a part of an object has its lock in a child as well."""
    creator = stage.creator
    try:
        stage.require("RawArray", "synchronized")
    except Missing:  # the rest of the clause is judged without them
        return
    whole = creator.RawArray(CType(NESTED), 2)
    for path in _PATHS:
        part = creator.call(parts.read_at, whole, path)
        made = {
            f"synchronized(part {path})": creator.synchronized(part),
            f"synchronized(part {path}, RLock())": creator.synchronized(part, creator.RLock()),
        }
        try:
            child = stage.start(*made.values())
        except OperationRaised:  # it may refuse them: the area `sharing` has a clause for that
            continue
        for what, wrapper in made.items():
            with wrapper.get_lock():
                taken = child(wrapper).get_lock().acquire(False)
            expect(taken, False, f"get_lock().acquire(False) of {what} in a child, held elsewhere,")


@check(
    "lock-argument.raw-access-acquires-no-lock",
    drawn=_with_access(_GUARDED),
    holder=_processes,
    who=_processes,
)
def test_raw_access_acquires_no_lock(
    stage: Stage, drawn: tuple[Description, Access], holder: str, who: str
) -> None:
    description, access = drawn
    shared = stage.pool.take(description, list(_GUARDED))
    lock = shared.seen_by(holder).get_lock()
    lock.acquire()
    # If it waits, the stage reports the hang.
    access.carry_out(shared.seen_by(who).get_obj())
    lock.release()


@check(
    "lock-argument.get-lock-does-not-wait",
    description=each_of(list(_GUARDED)),
    holder=_processes,
    who=_processes,
)
def test_get_lock_does_not_wait(
    stage: Stage, description: Description, holder: str, who: str
) -> None:
    shared = stage.pool.take(description, list(_GUARDED))
    lock = shared.seen_by(holder).get_lock()
    lock.acquire()
    # If it waits, the stage reports the hang.
    got = shared.seen_by(who).get_lock()
    taken = holder != who and got.acquire(False)
    lock.release()
    expect(taken, False, f"get_lock().acquire(False) of {description}, held elsewhere,")
