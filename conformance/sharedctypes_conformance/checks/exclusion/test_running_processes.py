"""Area `exclusion`: processes, one of which holds a lock that was free when the other started.

A row of the matrix is a clause for each kind of lock. Its check goes through every kind of
contention, instead of drawing some at random.
"""

from __future__ import annotations

from typing import NamedTuple

from ...stage.stage import Stage
from ..kit.check import check_matrix
from ..kit.contending import ACCESSES, LOCKS, TABLE, Contest, Locks, contend, hold_of, under


class _Pair(NamedTuple):
    """Two members of a family; `who` is the holder, as the contender calls it."""

    holder: str
    contender: str
    who: str


_PAIRS = {
    "child against parent": _Pair("creator", "child", "its parent"),
    "parent against child": _Pair("child", "creator", "its child"),
    "child against sibling": _Pair("child", "sibling", "its sibling"),
    "grandchild against grandparent": _Pair("creator", "grandchild", "its grandparent"),
    "grandparent against grandchild": _Pair("grandchild", "creator", "its grandchild"),
}


@check_matrix("exclusion", _PAIRS, LOCKS)
def test_running_processes(stage: Stage, pair: _Pair, locks: Locks) -> None:
    descriptions = [under(one, lock) for lock in locks for one in ACCESSES]
    contests = []
    for place, shared in enumerate(stage.pool.take_together(descriptions, TABLE)):
        description, held = descriptions[place], shared.seen_by(pair.holder)
        lock = shared.lock_seen_by(pair.holder)
        hold = hold_of(description, held, lock, place)
        wrapper = shared.seen_by(pair.contender)
        contests.append(Contest(description, held, lock, wrapper, hold, pair.who))
    contend(contests)
