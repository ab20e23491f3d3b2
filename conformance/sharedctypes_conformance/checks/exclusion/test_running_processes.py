"""Area `exclusion`: processes, one of which holds a lock that was free when the other started.

A row of the matrix is a clause for each kind of lock. Its check walks all ways to contend, so that
none is left to luck.
"""

from __future__ import annotations

from ...stage.stage import Stage
from ..kit.check import check
from ..kit.contending import ACCESSES, LOCKS, TABLE, Contest, contend, hold_of, under


def _contend(stage: Stage, kind: str, holder: str, contender: str, who: str) -> None:
    """Have two members of a family contend; `who` is the holder, as the contender calls it."""
    descriptions = [under(one, lock) for lock in LOCKS[kind] for one in ACCESSES]
    contests = []
    for place, shared in enumerate(stage.pool.take_together(descriptions, TABLE)):
        description, held = descriptions[place], shared.seen_by(holder)
        lock = shared.lock_seen_by(holder)
        hold = hold_of(description, held, lock, place)
        wrapper = shared.seen_by(contender)
        contests.append(Contest(description, held, lock, wrapper, hold, who))
    contend(contests)


# Parent holds, child contends.


@check("exclusion.child-waits-for-the-default-lock")
def test_child_and_default_lock(stage: Stage) -> None:
    _contend(stage, "default lock", "creator", "child", "its parent")


@check("exclusion.child-waits-for-a-lock")
def test_child_and_lock(stage: Stage) -> None:
    _contend(stage, "Lock", "creator", "child", "its parent")


@check("exclusion.child-waits-for-an-rlock")
def test_child_and_rlock(stage: Stage) -> None:
    _contend(stage, "RLock", "creator", "child", "its parent")


@check("exclusion.child-waits-for-a-users-lock")
def test_child_and_users_lock(stage: Stage) -> None:
    _contend(stage, "user's lock", "creator", "child", "its parent")


# Child holds, parent contends.


@check("exclusion.parent-waits-for-the-default-lock")
def test_parent_and_default_lock(stage: Stage) -> None:
    _contend(stage, "default lock", "child", "creator", "its child")


@check("exclusion.parent-waits-for-a-lock")
def test_parent_and_lock(stage: Stage) -> None:
    _contend(stage, "Lock", "child", "creator", "its child")


@check("exclusion.parent-waits-for-an-rlock")
def test_parent_and_rlock(stage: Stage) -> None:
    _contend(stage, "RLock", "child", "creator", "its child")


@check("exclusion.parent-waits-for-a-users-lock")
def test_parent_and_users_lock(stage: Stage) -> None:
    _contend(stage, "user's lock", "child", "creator", "its child")


# Sibling holds, sibling contends.


@check("exclusion.sibling-waits-for-the-default-lock")
def test_sibling_and_default_lock(stage: Stage) -> None:
    _contend(stage, "default lock", "child", "sibling", "its sibling")


@check("exclusion.sibling-waits-for-a-lock")
def test_sibling_and_lock(stage: Stage) -> None:
    _contend(stage, "Lock", "child", "sibling", "its sibling")


@check("exclusion.sibling-waits-for-an-rlock")
def test_sibling_and_rlock(stage: Stage) -> None:
    _contend(stage, "RLock", "child", "sibling", "its sibling")


@check("exclusion.sibling-waits-for-a-users-lock")
def test_sibling_and_users_lock(stage: Stage) -> None:
    _contend(stage, "user's lock", "child", "sibling", "its sibling")


# Grandparent holds, grandchild contends.


@check("exclusion.grandchild-waits-for-the-default-lock")
def test_grandchild_and_default_lock(stage: Stage) -> None:
    _contend(stage, "default lock", "creator", "grandchild", "its grandparent")


@check("exclusion.grandchild-waits-for-a-lock")
def test_grandchild_and_lock(stage: Stage) -> None:
    _contend(stage, "Lock", "creator", "grandchild", "its grandparent")


@check("exclusion.grandchild-waits-for-an-rlock")
def test_grandchild_and_rlock(stage: Stage) -> None:
    _contend(stage, "RLock", "creator", "grandchild", "its grandparent")


@check("exclusion.grandchild-waits-for-a-users-lock")
def test_grandchild_and_users_lock(stage: Stage) -> None:
    _contend(stage, "user's lock", "creator", "grandchild", "its grandparent")


# Grandchild holds, grandparent contends.


@check("exclusion.grandparent-waits-for-the-default-lock")
def test_grandparent_and_default_lock(stage: Stage) -> None:
    _contend(stage, "default lock", "grandchild", "creator", "its grandchild")


@check("exclusion.grandparent-waits-for-a-lock")
def test_grandparent_and_lock(stage: Stage) -> None:
    _contend(stage, "Lock", "grandchild", "creator", "its grandchild")


@check("exclusion.grandparent-waits-for-an-rlock")
def test_grandparent_and_rlock(stage: Stage) -> None:
    _contend(stage, "RLock", "grandchild", "creator", "its grandchild")


@check("exclusion.grandparent-waits-for-a-users-lock")
def test_grandparent_and_users_lock(stage: Stage) -> None:
    _contend(stage, "user's lock", "grandchild", "creator", "its grandchild")
