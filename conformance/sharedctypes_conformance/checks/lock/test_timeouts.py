"""Area `lock`: how long `acquire` waits.

A call that must wait has to return once the lock is free, and not before. A call that must return
is made while the lock is held: if it waits, the stage reports the hang. A clock, in the process of
the call, decides only whether a timeout lasted long enough.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import acquiring
from ...stage.findings import NotKept
from ...stage.names import Name
from ...stage.stage import Stage
from ...strategies import lock_calls
from ...strategies.lock_calls import LONGEST, SHORT, Acquire, spellings
from ..kit.check import check
from ..kit.locks_in_use import LOCKS, THROUGH, Cast, must_wait_for
from ..kit.observe import expect, expect_raises

_EVERY = tuple(LOCKS)

# By how much the clocks of the system may differ over a short timeout, in seconds.
_GRANULARITY = 0.01


def _waiting(
    stage: Stage, through: str, calls: list[Acquire], kinds: tuple[str, ...] = _EVERY
) -> None:
    for holder, waits in Cast(stage, kinds, through).pairs():
        for call in calls:
            holder.take()
            must_wait_for(call, waits, holder, holder.where)
            waits.release()


@check(
    "lock.acquire-without-timeout-waits",
    costly=True,
    through=THROUGH,
    calls=lock_calls.WITHOUT_TIMEOUT.some(2),
)
def test_acquire_without_timeout_waits(stage: Stage, through: str, calls: list[Acquire]) -> None:
    _waiting(stage, through, calls)


@check(
    "lock.timed-acquire-succeeds-on-release",
    costly=True,
    through=THROUGH,
    calls=lock_calls.WITH_LONG_TIMEOUT.some(1),
)
def test_timed_acquire_succeeds_on_release(
    stage: Stage, through: str, calls: list[Acquire]
) -> None:
    # In every example, because its nanoseconds reach a second with nearly any that the clock says.
    carried = Acquire((True, 1000.999_999))
    _waiting(stage, through, [carried, *calls])


def _refused(stage: Stage, through: str, calls: list[Acquire]) -> None:
    for holder, other in Cast(stage, _EVERY, through).pairs():
        holder.take()
        for call in calls:
            other.expect_refused(call, f"{call} of {other}, held by {holder.where},")
        holder.release()
        for call in calls:
            expect(other.acquire(call), True, f"{call} of {other}, which is free,")
            other.release()


@check(
    "lock.nonpositive-timeout-does-not-wait",
    costly=True,
    through=THROUGH,
    calls=lock_calls.WITH_NONPOSITIVE_TIMEOUT.some(2),
)
def test_nonpositive_timeout_does_not_wait(
    stage: Stage, through: str, calls: list[Acquire]
) -> None:
    # Both are in every example: implementations treat zero and less than zero separately.
    _refused(stage, through, [Acquire((True, 0)), Acquire((True, -1)), *calls])


@check(
    "lock.huge-negative-timeout-does-not-wait",
    costly=True,
    through=THROUGH,
    timeout=st.floats(-1e308, -1e30) | st.integers(-(10**300), -(10**30)),
)
def test_huge_negative_timeout_does_not_wait(stage: Stage, through: str, timeout: float) -> None:
    _refused(stage, through, [Acquire((True, timeout))])


@check(
    "lock.nonblocking-acquire-ignores-timeout",
    costly=True,
    through=THROUGH,
    calls=lock_calls.WITHOUT_BLOCKING.some(2),
)
def test_nonblocking_acquire_ignores_timeout(
    stage: Stage, through: str, calls: list[Acquire]
) -> None:
    _refused(stage, through, [Acquire((False, 1000.0)), *calls])


# How many times longer than the timeout a call may take, by a clock that runs beside it.
_MOST_TIMES = 8


def _expect_timed_out(what: str, timeout: float, timed: acquiring.Timed) -> None:
    expect(timed.acquired, False, what)
    if timed.seconds < timeout - _GRANULARITY:
        raise NotKept(f"{what} returned False after {timed.seconds:.3f} s")
    if timed.ticks > _MOST_TIMES:
        raise NotKept(
            f"{what} returned False when a clock of the same process had slept {timed.ticks} times "
            f"for {timeout:.3f} s"
        )


@check(
    "lock.timed-acquire-fails-after-timeout",
    costly=True,
    through=THROUGH,
    holder=st.sampled_from(["creator", "child"]),
    timeout=st.floats(*SHORT),
    numbers=st.tuples(*[st.integers(0, 4)] * len(_EVERY)),
)
def test_timed_acquire_fails_after_timeout(
    stage: Stage, through: str, holder: str, timeout: float, numbers: tuple[int, ...]
) -> None:
    cast = Cast(stage, _EVERY, through)
    calls = [spellings(True, timeout)[number] for number in numbers]
    held = [pair for pair in cast.pairs() if pair[0].where == f"the {holder}"]
    for view, _ in held[: len(_EVERY)]:
        view.take()
    # All at once, because the waiting is what takes the time.
    tried = [
        [other for _, other in held[: len(_EVERY)]],
        [other for _, other in held[len(_EVERY) :]],
    ]
    begun = [
        others[0].actor.begin(
            acquiring.timed,
            [
                (one.obj, call.args, dict(call.keywords))
                for one, call in zip(others, calls, strict=True)
            ],
            timeout,
        )
        for others in tried
    ]
    for others, pending in zip(tried, begun, strict=True):
        for other, call, timed in zip(others, calls, pending.result(), strict=True):
            _expect_timed_out(f"{call} of {other}, held by the {holder},", timeout, timed)
    for view, _ in held[: len(_EVERY)]:
        view.release()


@check(
    "lock.handled-signals-prolong-no-timeout",
    costly=True,
    through=THROUGH,
    timeout=st.floats(*SHORT),
    number=st.integers(0, 4),
    who=st.sampled_from(["creator", "child"]),
)
def test_handled_signals_prolong_no_timeout(
    stage: Stage, through: str, timeout: float, number: int, who: str
) -> None:
    call = spellings(True, timeout)[number]
    for holder, other in Cast(stage, _EVERY, through).apart():
        if holder.where != f"the {who}":
            continue
        holder.take()
        timed = other.actor.call(
            acquiring.timed_amid_signals, other.obj, call.args, dict(call.keywords), timeout
        )
        what = f"{call} of {other}, held by {holder.where}, while handled signals arrived,"
        _expect_timed_out(what, timeout, timed)
        holder.release()


@check(
    "lock.large-timeout-acquires-free-lock",
    costly=True,
    through=THROUGH,
    timeouts=st.lists(st.floats(1000, LONGEST) | st.integers(1000, LONGEST), max_size=2),
)
def test_large_timeout_acquires_free_lock(
    stage: Stage, through: str, timeouts: list[float]
) -> None:
    for takes, other in Cast(stage, _EVERY, through).apart():
        for timeout in [LONGEST, *timeouts]:
            call = Acquire((True, timeout))
            expect(takes.acquire(call), True, f"{call} of {takes}, which is free,")
            other.finds_it_held(f"after {call} of {takes.where}")
            takes.release()


_NON_NUMBERS: list[Any] = ["soon", "1", "", b"1", [], [1], (), (1,), {}, slice(1)]
_NON_NUMBER = st.sampled_from([*_NON_NUMBERS, Name("builtins.object"), Name("builtins.float")])


@check(
    "lock.refuses-non-numeric-timeouts",
    costly=True,
    through=THROUGH,
    timeouts=st.lists(_NON_NUMBER, min_size=1, max_size=2),
    spelling=st.integers(0, 4),
)
def test_refuses_non_numeric_timeouts(
    stage: Stage, through: str, timeouts: list[object], spelling: int
) -> None:
    calls = [spellings(True, timeout)[spelling] for timeout in timeouts]
    for one, other in Cast(stage, _EVERY, through).pairs():
        for call in calls:
            expect_raises(
                partial(one.acquire, call), f"{call} of {one}, which is free,", "TypeError"
            )
            other.finds_it_free(f"after {call} of {one.where} was refused")
        other.take()
        for call in calls:
            shown = f"{call} of {one}, held by {other.where},"
            expect_raises(partial(one.acquire, call), shown, "TypeError")
        one.finds_it_held(f"after {calls[-1]} was refused, held by {other.where}")
        other.release()
        one.finds_it_free(f"after release() of {other.where}")
