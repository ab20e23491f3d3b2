"""Area `with`: what a block of a wrapper excludes while it lasts, and what it binds."""

from __future__ import annotations

from hypothesis import strategies as st

from ...actors.runtime import calls
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.pool import Shared
from ...stage.stage import Stage
from ...strategies.accesses import Access, samples
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.exclusion import Block, must_wait
from ..kit.observe import expect
from ..kit.twins import same_as_twin

_GUARDED = samples(True, "Lock", "RLock")
_DESCRIPTIONS = each_of(list(_GUARDED))
_WHO = st.sampled_from(["creator", "child"])


def _take(stage: Stage, description: Description, who: str) -> tuple[Shared, Handle, Handle]:
    """Return an object of the table, as `who` sees it, and as the other process sees it."""
    shared = stage.pool.take(description, tuple(_GUARDED))
    return shared, shared.seen_by(who), shared.seen_by("child" if who == "creator" else "creator")


def _expect_held(lock: Handle, what: str) -> None:
    expect(lock.acquire(False), False, f"lock.acquire(False) elsewhere {what}")


def _expect_free(lock: Handle, what: str) -> None:
    expect(lock.acquire(False), True, f"lock.acquire(False) elsewhere {what}")
    lock.release()


@check(
    "with.holds-lock",
    description=_DESCRIPTIONS,
    who=_WHO,
    among=st.sampled_from(["processes", "threads"]),
)
def test_holds_lock(stage: Stage, description: Description, who: str, among: str) -> None:
    _, wrapper, other = _take(stage, description, who)
    if among == "threads":
        other = stage.thread(actor_of(wrapper))(wrapper)
    elsewhere = other.get_lock()
    _expect_free(elsewhere, f"before `with {description}:`")
    with wrapper:
        _expect_held(elsewhere, f"inside `with {description}:`")
    _expect_free(elsewhere, f"after `with {description}:`")


@check(
    "with.excludes-other-processes",
    drawn=each_of([(one, access) for one, accesses in _GUARDED.items() for access in accesses]),
    holder=_WHO,
)
def test_excludes_other_processes(
    stage: Stage, drawn: tuple[Description, Access], holder: str
) -> None:
    description, access = drawn
    _, held, contender = _take(stage, description, holder)
    who = f"the {holder} inside `with {description}:`"
    must_wait(access, contender, held, Block(held), who)


_REENTRANT = [one for one in _GUARDED if one.lock != "Lock"]


@check(
    "with.is-reentrant-with-rlock",
    drawn=each_of([(one, access) for one in _REENTRANT for access in _GUARDED[one]]),
    depth=st.integers(1, 4),
    who=_WHO,
)
def test_is_reentrant_with_rlock(
    stage: Stage, drawn: tuple[Description, Access], depth: int, who: str
) -> None:
    description, access = drawn
    shared, wrapper, other = _take(stage, description, who)
    elsewhere = other.get_lock()
    blocks = f"{depth} nested `with {description}:`"
    actor = actor_of(wrapper)
    for _ in range(depth):
        actor.call(calls.enter, wrapper)
    same_as_twin([access], wrapper, shared.raw, description)
    for left in range(depth):
        _expect_held(elsewhere, f"inside {blocks}, {left} of which have ended,")
        actor.call(calls.leave, wrapper)
    _expect_free(elsewhere, f"after {blocks}")


@check("with.binds-what-lock-binds", description=_DESCRIPTIONS, who=_WHO)
def test_binds_what_lock_binds(stage: Stage, description: Description, who: str) -> None:
    _, wrapper, _ = _take(stage, description, who)
    actor = actor_of(wrapper)
    got = actor.call(calls.bound_by_with, wrapper)
    wanted = actor.call(calls.bound_by_with, wrapper.get_lock())
    # Many a context manager binds itself, and a reader expects that of one more.
    if not any(actor.call(calls.is_same, got, one) for one in (wanted, wrapper)):
        raise NotKept(f"`with {description} as x` binds {got!r}, `with lock as x` {wanted!r}")
