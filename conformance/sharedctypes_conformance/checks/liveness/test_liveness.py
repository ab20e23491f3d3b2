"""Area `liveness`: waiters for a lock are woken when it is released.

Waiters begin to wait while the lock is held; then it is released, and their calls have to return.
One that does not return is a hang, which the stage reports.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import handovers
from ...actors.runtime import calls
from ...stage.actor import Pending, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.patience import PATIENCE, PATIENCE_AFTER_A_HANG
from ...stage.pool import Shared
from ...stage.stage import Stage
from ...strategies.accesses import Access, samples
from ..kit.check import check
from ..kit.contention import board_for
from ..kit.observe import expect

_LOCKS: tuple[str | bool, ...] = (True, "Lock", "RLock")
_GUARDED = samples(*_LOCKS)
_TABLE = tuple(_GUARDED)
_PROCESSES = ("creator", "child", "sibling")
_THROUGH = ("wrapper", "lock")
_CALLS = tuple(
    f"{call} {part}" for call in ("acquire", "timed", "with", "raise") for part in _THROUGH
)

# A call that waits, or an access.
_Waiting = str | Access

_described = st.sampled_from(_TABLE)
_holders = st.sampled_from(_PROCESSES)
_through = st.sampled_from(_THROUGH)


def _waits(description: Description) -> st.SearchStrategy[_Waiting]:
    return st.one_of(st.sampled_from(_CALLS), st.sampled_from(_GUARDED[description]))


# An object, its holder, and how each of some others waits for it.
_Scene = tuple[Description, str, list[_Waiting]]


def _scenes(fewest: int, most: int) -> st.SearchStrategy[_Scene]:
    return _described.flatmap(
        lambda one: st.tuples(
            st.just(one), _holders, st.lists(_waits(one), min_size=fewest, max_size=most)
        )
    )


def _others(stage: Stage, shared: Shared, holder: str, count: int) -> list[Handle]:
    """Return an object as seen by `count` others than its holder: two processes, then threads."""
    processes = [who for who in _PROCESSES if who != holder]
    # All processes start before the first thread: forking one that has threads is not supported.
    seen = [shared.seen_by(who) for who in _PROCESSES if who != holder]
    owner = shared.seen_by(holder)
    while len(seen) < count:
        place = len(seen) - len(processes)
        process = [owner, *seen[:2]][place % 3]
        seen.append(stage.thread(actor_of(process))(process))
    return seen[:count]


def _begin(obj: Handle, waiting: _Waiting) -> Pending[Any]:
    if isinstance(waiting, Access):
        pending = waiting.begin(obj)
    else:
        pending = actor_of(obj).begin(handovers.pass_through, obj, waiting)
    pending.settle()
    return pending


def _shown(waiting: _Waiting) -> str:
    return waiting.on("wrapper") if isinstance(waiting, Access) else waiting


def _expect_all_woken(
    stage: Stage,
    scene: _Scene,
    acquire: Callable[[Handle], Any],
    release: Callable[[Handle], Any],
) -> None:
    """Expect that all who begin to wait while a holder holds the lock acquire it in the end."""
    description, holder, waits = scene
    shared = stage.pool.take(description, _TABLE)
    held = shared.seen_by(holder)
    waiters = _others(stage, shared, holder, len(waits))
    acquire(held)
    begun = [_begin(obj, wait) for obj, wait in zip(waiters, waits, strict=True)]
    did_not_wait = [wait for pending, wait in zip(begun, waits, strict=True) if pending.done()]
    release(held)
    for pending, wait in zip(begun, waits, strict=True):
        got = pending.result()
        if not isinstance(wait, Access):
            expect(got, True, f"{wait}, after the {holder} released the lock,")
    if did_not_wait:
        what = ", ".join(map(_shown, did_not_wait))
        raise NotKept(
            f"{what} of {description} did not wait for the {holder}",
            *dict.fromkeys(wait.unlocked for wait in did_not_wait if isinstance(wait, Access)),
        )


@check(
    "liveness.release-wakes-waiter",
    scene=_scenes(1, 2),
    through=_through,
    depth=st.integers(1, 3),
)
def test_release_wakes_waiter(stage: Stage, scene: _Scene, through: str, depth: int) -> None:
    depth = 1 if scene[0].lock == "Lock" else depth

    def call(held: Handle, method: str) -> None:
        lock = held if through == "wrapper" else held.get_lock()
        for _ in range(depth):
            actor_of(held).call(calls.call_method, lock, method)

    _expect_all_woken(
        stage, scene, lambda held: call(held, "acquire"), lambda held: call(held, "release")
    )


def _expect_woken_by_leaving(stage: Stage, scene: _Scene, through: str, *raising: str) -> None:
    def call(held: Handle, function: Callable[..., Any], *args: str) -> None:
        lock = held if through == "wrapper" else held.get_lock()
        actor_of(held).call(function, lock, *args)

    _expect_all_woken(
        stage,
        scene,
        lambda held: call(held, calls.enter),
        lambda held: call(held, calls.leave, *raising),
    )


@check("liveness.leaving-with-wakes-waiter", scene=_scenes(1, 2), through=_through)
def test_leaving_with_wakes_waiter(stage: Stage, scene: _Scene, through: str) -> None:
    _expect_woken_by_leaving(stage, scene, through)


@check(
    "liveness.exception-in-with-wakes-waiter",
    scene=_scenes(1, 2),
    through=_through,
    raising=st.sampled_from(["ValueError", "KeyError", "KeyboardInterrupt", "SystemExit"]),
)
def test_exception_in_with_wakes_waiter(
    stage: Stage, scene: _Scene, through: str, raising: str
) -> None:
    _expect_woken_by_leaving(stage, scene, through, raising)


# Several accesses, so that one has to wait for another.
_ACCESSES = _described.flatmap(
    lambda one: st.tuples(
        st.just(one),
        _holders,
        st.lists(st.sampled_from(_GUARDED[one]), min_size=2, max_size=3),
    )
)


@check("liveness.access-wakes-next-waiter", scene=_ACCESSES, last=st.sampled_from([None, *_CALLS]))
def test_access_wakes_next_waiter(stage: Stage, scene: _Scene, last: str | None) -> None:
    description, holder, accesses = scene
    scene = description, holder, [*accesses, *([last] if last else [])]
    _expect_all_woken(
        stage, scene, lambda held: held.get_lock().acquire(), lambda held: held.get_lock().release()
    )


# Several waiters.


@check(
    "liveness.one-release-admits-one-waiter",
    costly=True,
    description=_described,
    holder=_holders,
    waiters=st.integers(2, 4),
)
def test_one_release_admits_one_waiter(
    stage: Stage, description: Description, holder: str, waiters: int
) -> None:
    shared = stage.pool.take(description, _TABLE)
    held = shared.seen_by(holder)
    waiting = _others(stage, shared, holder, waiters)
    held.get_lock().acquire()
    begun: dict[int, Pending[Any]] = {}
    for number, obj in enumerate(waiting):
        begun[number] = actor_of(obj).begin(calls.call_method, obj, "acquire")
        begun[number].settle()
    _expect_no_more(begun, f"before the {holder} released the lock of {description}")
    held.get_lock().release()
    while begun:
        number = _first_done(begun, PATIENCE_AFTER_A_HANG if stage.hangs.count else PATIENCE)
        begun.pop(number).result()
        # By then, any other waiter that this release has woken has acquired the lock.
        for pending in begun.values():
            pending.settle()
        _expect_no_more(begun, f"beside one of {waiters} waiters for the lock of {description}")
        obj = waiting[number]
        invoke(obj, "release")


def _first_done(begun: dict[int, Pending[Any]], seconds: float) -> int:
    """Return the number of a call that has returned; of any, if none has within `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for number, pending in begun.items():
            if pending.done():
                return number
        time.sleep(1e-4)
    return min(begun)


def _expect_no_more(begun: dict[int, Pending[Any]], when: str) -> None:
    inside = sum(pending.done() for pending in begun.values())
    if inside:
        raise NotKept(f"{inside} of the waiters acquired it {when}")


@check(
    "liveness.every-waiter-acquires-eventually",
    costly=True,
    scene=_scenes(4, 6),
    crowd=st.integers(5, 16),
)
def test_every_waiter_acquires_eventually(stage: Stage, scene: _Scene, crowd: int) -> None:
    _expect_all_woken(
        stage, scene, lambda held: held.get_lock().acquire(), lambda held: held.get_lock().release()
    )
    description, holder, _ = scene
    for lock in _LOCKS:
        _expect_crowd_woken(stage, replace(description, lock=lock), holder, crowd)


def _expect_crowd_woken(stage: Stage, description: Description, holder: str, count: int) -> None:
    """Expect that many threads of two processes acquire a lock in the end, when it is released."""
    shared = stage.pool.take(description, _TABLE)
    lock = shared.seen_by(holder).get_lock()
    lock.acquire()
    begun = [
        actor_of(obj).begin(handovers.pass_in_a_crowd, obj, count)
        for obj in (shared.seen_by(who) for who in _PROCESSES if who != holder)
    ]
    for pending in begun:
        pending.settle()
    lock.release()
    what = f"acquire() of {count} threads in each of two processes, when the {holder} released"
    for pending in begun:
        expect(pending.result(), [True] * count, f"{what} the lock of {description},")


_TRIES: tuple[tuple[Any, ...], ...] = ((False,), (True, 0.001), (True, 0), (True, 0.0001))


@check(
    "liveness.timed-out-waiter-consumes-no-wakeup",
    description=_described,
    holder=_holders,
    before=st.lists(st.sampled_from(_TRIES), max_size=2),
    after=st.lists(st.sampled_from(_TRIES), max_size=2),
    waiting=st.sampled_from(_CALLS),
)
def test_timed_out_waiter_consumes_no_wakeup(
    stage: Stage,
    description: Description,
    holder: str,
    before: Sequence[tuple[Any, ...]],
    after: Sequence[tuple[Any, ...]],
    waiting: str,
) -> None:
    shared = stage.pool.take(description, _TABLE)
    held = shared.seen_by(holder)
    trying, waiter = _others(stage, shared, holder, 2)

    def time_out(args: tuple[Any, ...]) -> None:
        got = invoke(trying, "acquire", *args)
        expect(got, False, f"acquire{args} of {description}, which the {holder} holds,")

    held.get_lock().acquire()
    for args in before:
        time_out(args)
    pending = _begin(waiter, waiting)
    # At least one gives up while another waits.
    for args in (*after, (True, 0.001)):
        time_out(args)
    held.get_lock().release()
    expect(pending.result(), True, f"{waiting}, after others gave up and the lock was released,")


# Thousands of handovers.

# So many in one call, which has to return in time on a busy machine too.
_AT_ONCE = 250

_DEFAULT, _ONE, _OTHER = _HANDED = (
    Description("Value", "i", (0,)),
    Description("Value", "i", (1,), "Lock"),
    Description("Value", "i", (2,), "Lock"),
)

# The four examples of the default profile add up to ten thousand handovers: turns with a recursive
# lock, and rallies, in which each side releases the lock that the other one waits for.
_TURNS = 1000
_times = st.integers(1500, 1600)


@check(
    "liveness.processes-lose-no-wakeup",
    costly=True,
    times=_times,
    pair=st.permutations(_PROCESSES).map(lambda order: tuple(order[:2])),
)
def test_processes_lose_no_wakeup(stage: Stage, times: int, pair: tuple[str, str]) -> None:
    default, one, other = stage.pool.take_together(_HANDED, _HANDED)
    players = [default.seen_by(who) for who in pair]
    for _ in range(0, _TURNS, _AT_ONCE):
        with board_for(2) as board:
            _wait_for_all(
                actor_of(obj).begin(handovers.take_turns, board, obj, number, 1, _AT_ONCE // 2)
                for number, obj in enumerate(players)
            )
    locks = [(one.seen_by(who).get_lock(), other.seen_by(who).get_lock()) for who in pair]
    (first, first_other), (second_other, second) = locks
    first_other.acquire()
    for _ in range(0, times, _AT_ONCE):
        _wait_for_all(
            [
                actor_of(first).begin(handovers.rally, first, first_other, _AT_ONCE // 2),
                actor_of(second).begin(handovers.rally, second, second_other, _AT_ONCE // 2),
            ]
        )
    second.release()


@check(
    "liveness.threads-lose-no-wakeup",
    costly=True,
    times=_times,
    who=st.sampled_from(["creator", "child"]),
)
def test_threads_lose_no_wakeup(stage: Stage, times: int, who: str) -> None:
    taken = stage.pool.take_together(_HANDED, _HANDED)
    default, one, other = (shared.seen_by(who) for shared in taken)
    actor = actor_of(default)
    for _ in range(0, _TURNS, _AT_ONCE):
        with board_for(2) as board:
            actor.call(handovers.take_turns, board, default, 0, 2, _AT_ONCE // 2)
    first, second = one.get_lock(), other.get_lock()
    second.acquire()
    for _ in range(0, times, _AT_ONCE):
        actor.call(handovers.rally_of_threads, first, second, _AT_ONCE // 2)
    second.release()


def _wait_for_all(begun: Any) -> None:
    for pending in list(begun):
        pending.result()
