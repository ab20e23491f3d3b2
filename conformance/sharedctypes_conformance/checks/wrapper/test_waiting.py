"""Area `wrapper`: who has to wait while a wrapper is held, and whom it waits for."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.runtime import calls
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.history_in_words import describe_call
from ...stage.names import Name
from ...stage.stage import Stage
from ...strategies.accesses import Access, samples
from ..kit.check import check
from ..kit.exclusion import Block, must_wait
from ..kit.observe import expect

_GUARDED = samples(True, "Lock", "RLock")
_HOLDERS = st.sampled_from(["creator", "child"])


def _both(stage: Stage, description: Description, holder: str) -> tuple[Handle, Handle]:
    """Return an object of the table as its holder sees it, and as the other process does."""
    shared = stage.pool.take(description, tuple(_GUARDED))
    other = "child" if holder == "creator" else "creator"
    return shared.seen_by(holder), shared.seen_by(other)


@check(
    "wrapper.with-keeps-others-out",
    drawn=st.sampled_from(
        [(one, access) for one, accesses in _GUARDED.items() for access in accesses]
    ),
    holder=_HOLDERS,
)
def test_with_keeps_others_out(
    stage: Stage, drawn: tuple[Description, Access], holder: str
) -> None:
    description, access = drawn
    held, contender = _both(stage, description, holder)
    who = f"the {holder} inside `with {description}:`"
    must_wait(access, contender, held, Block(held), who)


_TRIES: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    ((False,), {}),
    ((True, 0.001), {}),
    ((), {"block": False}),
    ((), {"timeout": 0.001}),
    ((), {"timeout": 0}),
)


@check(
    "wrapper.acquire-waits-its-turn",
    description=st.sampled_from(list(_GUARDED)),
    holder=_HOLDERS,
    tries=st.lists(st.sampled_from(_TRIES), max_size=2),
)
def test_acquire_waits(
    stage: Stage,
    description: Description,
    holder: str,
    tries: list[tuple[tuple[Any, ...], dict[str, Any]]],
) -> None:
    held, wrapper = _both(stage, description, holder)
    actor, who = actor_of(wrapper), f"while the {holder} has the lock"
    call = partial(invoke, wrapper, "acquire")
    lock = held.get_lock()
    lock.acquire()
    for args, keywords in tries:
        shown = describe_call(Name("acquire"), args, keywords)
        expect(call(*args, **keywords), False, f"{shown} of {description}, {who},")
    pending = actor.begin(calls.call_method, wrapper, "acquire")
    ended = pending.settle() or pending.done()
    lock.release()
    got = pending.result()
    if ended:
        raise NotKept(f"acquire() of {description} returned {got!r} {who}")
    expect(got, True, f"acquire() of {description}, when the {holder} gave the lock back,")
    expect(
        lock.acquire(False),
        False,
        f"lock.acquire(False) elsewhere after acquire() of {description}",
    )
    wrapper.release()
    expect(
        lock.acquire(False), True, f"lock.acquire(False) elsewhere after release() of {description}"
    )
    lock.release()
