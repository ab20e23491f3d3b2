"""Area `lock`: how `acquire` and `release` are called, and what they return."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from ...stage.stage import Stage
from ...strategies.lock_calls import ANY, NOT_WAITING, Acquire, spellings
from ..kit.check import check
from ..kit.locks_in_use import LOCKS, THROUGH, Cast, must_wait_for
from ..kit.observe import expect, expect_raises

_EVERY = tuple(LOCKS)

# Each example goes through all locks and threads, so that a few examples cover everything.


@check(
    "lock.free-lock-is-acquired",
    costly=True,
    through=THROUGH,
    calls=ANY.some(2),
)
def test_free_lock_is_acquired(stage: Stage, through: str, calls: list[Acquire]) -> None:
    for takes, other in Cast(stage, _EVERY, through).pairs():
        for call in calls:
            expect(takes.acquire(call), True, f"{call} of {takes}, which is free,")
            other.finds_it_held(f"after {call} of {takes} returned True")
            takes.release()


@check(
    "lock.nonblocking-acquire-fails-while-held",
    costly=True,
    through=THROUGH,
    calls=st.lists(st.sampled_from(spellings(False, None)), min_size=1, max_size=4),
)
def test_nonblocking_acquire_fails_while_held(
    stage: Stage, through: str, calls: list[Acquire]
) -> None:
    for holder, other in Cast(stage, _EVERY, through).pairs():
        holder.take()
        for call in calls:
            # If it waits for ever, the stage reports the hang.
            other.expect_refused(call, f"{call} of {other}, held by {holder.where},")
        holder.release()


@check(
    "lock.failed-acquires-change-nothing",
    costly=True,
    through=THROUGH,
    depth=st.integers(2, 4),
    calls=NOT_WAITING.some(2),
)
def test_failed_acquires_change_nothing(
    stage: Stage, through: str, depth: int, calls: list[Acquire]
) -> None:
    for holder, other in Cast(stage, _EVERY, through).pairs():
        times = 1 if holder.kind == "Lock" else depth
        holder.take(times)
        tried = ", ".join(map(str, calls))
        for call in calls:
            expect(other.acquire(call), False, f"{call} of {other}, held by {holder.where},")
        for left in range(times, 0, -1):
            other.finds_it_held(
                f"{left} release() before the last of {holder.where}, after {tried}"
            )
            expect(holder.release(), None, f"release() of {holder}, after {tried} of {other.where}")
        other.finds_it_free(f"after every release() of {holder.where}, and {tried}")


@check("lock.release-returns-none", costly=True, through=THROUGH, depth=st.integers(1, 4))
def test_release_returns_none(stage: Stage, through: str, depth: int) -> None:
    for takes, _ in Cast(stage, _EVERY, through).apart():
        times = 1 if takes.kind == "Lock" else depth
        takes.take(times)
        for level in range(times, 0, -1):
            expect(takes.release(), None, f"release() of {takes}, acquired {level} times,")


# Names of the parameters.

_NOT_WAITING = [
    *spellings(True, 0),
    *spellings(True, -1.5),
    *spellings(False, None),
    *spellings(False, 1000),
]
_WAITING = [*spellings(True, None), *spellings(True, 1000)]


@check("lock.acquire-takes-block-and-timeout", through=THROUGH)
def test_acquire_takes_block_and_timeout(stage: Stage, through: str) -> None:
    for takes, other in Cast(stage, _EVERY, through).apart():
        other.take()
        for call in _NOT_WAITING:
            expect(takes.acquire(call), False, f"{call} of {takes}, held by {other.where},")
        other.release()
        for call in _WAITING:
            expect(takes.acquire(call), True, f"{call} of {takes}, which is free,")
            takes.release()
    # One lock is enough to see that they wait: the names are the same for all.
    other.take()
    for call in _WAITING:
        must_wait_for(call, takes, other, other.where)
        takes.release()
        other.take()
    other.release()


_THREADING_SPELLINGS = [
    Acquire((), (("blocking", False),)),
    Acquire((), (("blocking", True),)),
    Acquire((), (("blocking", False), ("timeout", 0))),
    Acquire((False,), (("blocking", False),)),
]


@check("lock.acquire-refuses-blocking-keyword", costly=True, through=THROUGH)
def test_acquire_refuses_blocking_keyword(stage: Stage, through: str) -> None:
    for takes, other in Cast(stage, _EVERY, through).apart():
        for call in _THREADING_SPELLINGS:
            expect_raises(partial(takes.acquire, call), f"{call} of {takes}", "TypeError")
            other.finds_it_free(f"after {call} of {takes.where} was refused")
