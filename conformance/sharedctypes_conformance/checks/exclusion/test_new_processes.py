"""Area `exclusion`: processes that start while a lock is held that they inherit.

The holder has the locks of many objects when the contender starts, and then gives back one after
the other. A forked child begins as a copy of a process that owns locks, or has inherited locks that
others own: it owns them no more than a spawned one does.
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

# What is done in a contest: one thing, because the lock is held before the start only once.
_Way = Callable[[Contest], None]


def _ways() -> Iterator[tuple[Description, _Way]]:
    for description, accesses in ACCESSES.items():
        yield description, Contest.tries
        for access in accesses[-2:]:
            yield description, partial(Contest.access, access=access)
    for turn, description in zip(TURNS, ACCESSES, strict=True):
        yield description, partial(Contest.turn, turn=turn)


# The members of a family, from what they inherit: first the holder, and when all is held, the
# contender.
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
    """A holder and its contender; `holder` is what the one is to the other."""

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
    """Have a contender start when all is held, and contend for each object in another way."""
    creator = stage.creator
    ways = [(under(one, lock), way) for lock in kinds for one, way in _ways()]
    wrappers, locks = [], []
    for description, _ in ways:
        try:
            lock = description.new_lock(creator)
            wrappers.append(description.create_under(lock, creator))
        except OperationRaised as raised:
            raise Refused(str(raised)) from None
        locks.append(lock if isinstance(lock, Handle) else wrappers[-1].get_lock())
    # A default lock is nobody's to inherit but through its wrapper.
    given = [] if True in kinds else locks
    members = family.members(stage, [*wrappers, *given])
    holder = next(members)
    held = [holder(wrapper) for wrapper in wrappers]
    locks = [holder(lock) for lock in given] or [wrapper.get_lock() for wrapper in held]
    holds = [
        hold_of(description, wrapper, lock, place)
        for place, ((description, _), wrapper, lock) in enumerate(
            zip(ways, held, locks, strict=True)
        )
    ]
    # In this order the first contest's lock is taken last, where a reader of its history sees it.
    for hold in reversed(holds):
        hold.acquire()
    contender = next(members)
    who = f"{family.holder} since before it was started"
    for (description, way), wrapper, lock, hold in zip(ways, held, locks, holds, strict=True):
        way(Contest(description, wrapper, lock, contender(wrapper), hold, who))
