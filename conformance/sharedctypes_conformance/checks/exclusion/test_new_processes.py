"""Area `exclusion`: processes that start while a lock that they inherit is held.

The holder holds the locks of many objects when the contender starts, and then releases one after
another. A forked child begins as a copy of a process that owns locks, or that inherited locks owned
by others: it owns them no more than a spawned child does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.findings import OperationRaised, Refused
from ...stage.handles import Handle
from ...stage.stage import Stage
from ..kit.check import check_matrix
from ..kit.contending import ACCESSES, LOCKS, TURNS, Contest, Locks, hold_of, under

# What is tried in a contest: one thing, since a lock can be held across the start only once.
_Contention = Callable[[Contest], None]


def _contentions() -> Iterator[tuple[Description, _Contention]]:
    for description, accesses in ACCESSES.items():
        yield description, Contest.tries
        for access in accesses[-2:]:
            yield description, partial(Contest.access, access=access)
    for turn, description in zip(TURNS, ACCESSES, strict=True):
        yield description, partial(Contest.turn, turn=turn)


# Yields the members of a family, given what they inherit: first the holder, and once it holds every
# lock, the contender.
_Members = Callable[[Stage, Sequence[Handle]], Iterator[Actor]]


def _parent_and_child(stage: Stage, objects: Sequence[Handle]) -> Iterator[Actor]:
    yield stage.creator
    yield stage.start(*objects)


def _siblings(stage: Stage, objects: Sequence[Handle]) -> Iterator[Actor]:
    yield stage.start(*objects)
    yield stage.start(*objects)


def _grandparent_and_grandchild(stage: Stage, objects: Sequence[Handle]) -> Iterator[Actor]:
    yield stage.creator
    child = stage.start(*objects)
    yield stage.start(*map(child, objects), parent=child)


class _Family(NamedTuple):
    """A holder and its contender; `holder` is what the contender calls the holder."""

    members: _Members
    holder: str


_FAMILIES = {
    "child against parent": _Family(_parent_and_child, "its parent"),
    "child against sibling": _Family(_siblings, "its sibling"),
    "grandchild against grandparent": _Family(_grandparent_and_grandchild, "its grandparent"),
}
_LOCKS = {f"{kind}, held before": locks for kind, locks in LOCKS.items()}


@check_matrix("exclusion", _FAMILIES, _LOCKS)
def test_new_processes(stage: Stage, family: _Family, kinds: Locks) -> None:
    """Start a contender while every lock is held; it contends for each object differently."""
    creator = stage.creator
    contentions = [
        (under(one, lock), contention) for lock in kinds for one, contention in _contentions()
    ]
    wrappers, locks = [], []
    for description, _ in contentions:
        try:
            lock = description.new_lock(creator)
            wrappers.append(description.create_under(lock, creator))
        except OperationRaised as raised:
            raise Refused(str(raised)) from None
        locks.append(lock if isinstance(lock, Handle) else wrappers[-1].get_lock())
    # A default lock is inherited through its wrapper only.
    given = [] if True in kinds else locks
    members = family.members(stage, [*wrappers, *given])
    holder = next(members)
    held = [holder(wrapper) for wrapper in wrappers]
    locks = [holder(lock) for lock in given] or [wrapper.get_lock() for wrapper in held]
    holds = [
        hold_of(description, wrapper, lock, place)
        for place, ((description, _), wrapper, lock) in enumerate(
            zip(contentions, held, locks, strict=True)
        )
    ]
    # The first contest's lock is acquired last: a history then ends with what matters.
    for hold in reversed(holds):
        hold.acquire()
    contender = next(members)
    who = f"{family.holder} since before it was started"
    for (description, contention), wrapper, lock, hold in zip(
        contentions, held, locks, holds, strict=True
    ):
        contention(Contest(description, wrapper, lock, contender(wrapper), hold, who))
