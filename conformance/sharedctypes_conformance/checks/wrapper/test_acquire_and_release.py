"""Area `wrapper`: its methods `acquire` and `release` are those of its lock."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import spies
from ...actors.runtime import calls as remote_calls
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Unjudged
from ...stage.history_in_words import describe_call
from ...stage.means import WAITING_NOT_SPIES
from ...stage.names import Name
from ...stage.stage import Stage
from ...strategies.accesses import SAMPLES
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import attempt, expect
from ..kit.spying import under_a_spy

# The arguments of acquire, and for how long it may wait then: None is as long as it takes.
_WAITS: tuple[tuple[tuple[Any, ...], dict[str, Any], float | None], ...] = (
    ((False,), {}, 0.0),
    ((), {"block": False}, 0.0),
    ((False, None), {}, 0.0),
    ((True, 0.25), {}, 0.25),
    ((), {"timeout": 3}, 3.0),
    ((), {"block": True, "timeout": 7.5}, 7.5),
    ((), {"timeout": -1}, 0.0),
    ((True, None), {}, None),
    ((), {}, None),
)


def _expect_no_longer_waits(stage: Stage, description: Description) -> None:
    """Expect that the lock is asked to wait for no longer than the wrapper is.

    For less is no fault: a wrapper may try again and again. Whether it waits for long enough is
    judged by clauses on locks.
    """
    try:
        _, wrapper, spy = under_a_spy(stage, description, spies.RecordingLock)
    except Unjudged:
        stage.record_means(WAITING_NOT_SPIES)
        return
    for args, keywords, most in _WAITS:
        wrapper.acquire(*args, **keywords)
        wrapper.release()
        asked = spy.waits[-1:]
        call = describe_call(Name("acquire"), args, keywords)
        if not asked:
            raise NotKept(f"{call} of the wrapper did not call acquire of its lock")
        if most is not None and (asked[0] is None or asked[0] > most):
            waits = "as long as it takes" if asked[0] is None else f"for up to {asked[0]} s"
            raise NotKept(
                f"{call} of the wrapper had its lock wait {waits}, and should wait for no longer "
                f"than {most} s"
            )


_Call = tuple[str, tuple[Any, ...], dict[str, Any]]

_CALLS: tuple[_Call, ...] = (
    ("acquire", (False,), {}),
    ("acquire", (), {"block": False}),
    ("acquire", (True, 0.0), {}),
    ("acquire", (), {"timeout": 0}),
    ("acquire", (False, None), {}),
    ("release", (), {}),
    ("release", (), {}),
    ("release", (), {}),
)
# A blocking acquire of a plain lock that is held would wait for itself for ever.
_CALLS_OF = {"Lock": _CALLS, "RLock": (*_CALLS, ("acquire", (), {}))}

# Of locks whose methods take other arguments: what they all have in common.
_OTHER_LOCKS = ("threading.Lock", "threading.RLock", "threading.Semaphore")
_COMMON_CALLS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("acquire", ()),
    ("acquire", (False,)),
    ("release", ()),
)


def _expect_arguments_passed_on_as_given(stage: Stage, kind: str) -> None:
    """Expect that the lock is called with nothing that the program has not given."""
    creator = stage.creator
    plain, own = creator.call(kind), creator.call(kind)
    try:
        wrapper = creator.synchronized(creator.RawValue("i"), own)
    except OperationRaised:
        return  # whether it takes such a lock is said by other clauses
    for method, args in _COMMON_CALLS:
        wanted, got = (
            attempt(partial(creator.call, remote_calls.call_method, lock, method, *args))
            for lock in (plain, wrapper)
        )
        if got != wanted:
            call = describe_call(Name(method), args, {})
            raise NotKept(f"{call} of the wrapper {got.in_full}, of its {kind} {wanted}")


@check(
    "wrapper.acquire-and-release-delegate-to-lock",
    description=each_of(list(SAMPLES)),
    drawn=st.one_of(
        [
            st.tuples(st.just(kind), st.lists(st.sampled_from(calls), min_size=1, max_size=8))
            for kind, calls in _CALLS_OF.items()
        ]
    ),
    other=st.sampled_from(_OTHER_LOCKS),
)
def test_acquire_and_release_delegate_to_lock(
    stage: Stage, description: Description, drawn: tuple[str, list[_Call]], other: str
) -> None:
    creator, (kind, calls) = stage.creator, drawn
    elsewhere = stage.thread(creator)
    plain, own = getattr(creator, kind)(), getattr(creator, kind)()
    wrapper = creator.synchronized(description.raw.create(creator), own)
    for method, args, keywords in calls:
        wanted, got = (
            attempt(
                partial(creator.call, remote_calls.call_method, lock, method, *args, **keywords)
            )
            for lock in (plain, wrapper)
        )
        if got != wanted:
            call = describe_call(Name(method), args, keywords)
            raise NotKept(f"{call} of the wrapper {got}, of a {kind} in the same state {wanted}")
    _expect_no_longer_waits(stage, description)
    _expect_arguments_passed_on_as_given(stage, other)
    done = ", ".join(method for method, _, _ in calls)
    free = elsewhere(plain).acquire(False)
    expect(elsewhere(own).acquire(False), free, f"lock.acquire(False) elsewhere after {done}")
