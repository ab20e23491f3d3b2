"""Area `exclusion`: threads of one process, one of which holds a lock that the other wants.

The holder itself is one of them: it can acquire a recursive lock again, but not a plain one.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.pool import Shared
from ...stage.stage import Stage
from ..kit.check import check_matrix
from ..kit.contending import (
    ACCESSES,
    LOCKS,
    TABLE,
    TRIES,
    TURNS,
    Contest,
    Locks,
    contend,
    hold_of,
    is_reentrant,
    under,
)
from ..kit.exclusion import Hold, Relay, called
from ..kit.observe import expect
from ..kit.twins import same_as_twin

# The process whose threads contend, and another one that observes the lock.
_PROCESSES = (("creator", "child"), ("child", "creator"))


@dataclass(frozen=True)
class _Case:
    """An object for which threads of one process contend, observed from another process."""

    description: Description
    shared: Shared
    process: str
    other: str
    place: int


def _cases(stage: Stage, locks: Locks) -> list[_Case]:
    """Return the objects of a row, alternately in one process and the other."""
    wanted = [under(one, lock) for lock in locks for one in ACCESSES]
    taken = zip(wanted, stage.pool.take_together(wanted, TABLE), strict=True)
    return [_Case(*one, *_PROCESSES[place % 2], place) for place, one in enumerate(taken)]


@check_matrix("exclusion", {"thread against another": "another thread of its process"}, LOCKS)
def test_other_thread(stage: Stage, who: str, locks: Locks) -> None:
    contests = []
    cases = _cases(stage, locks)
    threads = {
        case.process: stage.thread(actor_of(case.shared.seen_by(case.process)))
        for case in cases[:2]
    }
    for case in cases:
        thread, shared = threads[case.process], case.shared
        held, contender = shared.seen_by(case.process), thread(shared.seen_by(case.process))
        lock = shared.lock_seen_by(case.process)
        if case.place % 4 > 1:
            held, contender = contender, held
            lock = held.get_lock() if shared.lock is None else thread(lock)
        hold = hold_of(case.description, held, lock, case.place)
        contests.append(Contest(case.description, held, lock, contender, hold, who))
    contend(contests)


# The thread that holds it.


@check_matrix("exclusion", {"thread against itself": "its own thread"}, LOCKS)
def test_own_thread(stage: Stage, who: str, locks: Locks) -> None:
    cases = _cases(stage, locks)
    plain = [_waiting_for_itself(case, who) for case in cases if not is_reentrant(case.description)]
    if plain:
        contend(plain)
    for case in cases:
        if is_reentrant(case.description):
            _expect_reentrant(case)


def _expect_reentrant(case: _Case) -> None:
    description, shared = case.description, case.shared
    wrapper, elsewhere = shared.seen_by(case.process), shared.lock_seen_by(case.other)
    own = called(wrapper, "get_lock")
    hold = hold_of(description, wrapper, own, case.place)
    hold.acquire()
    what = f"of {description} by the thread that holds it already"
    for args in (*TRIES, ()):
        shown = ", ".join(map(repr, args))
        for name, lock in (("acquire", wrapper), ("get_lock().acquire", own)):
            expect(called(lock, "acquire", *args), True, f"{name}({shown}) {what}")
            called(lock, "release")
    for turn in TURNS:
        # If it waits for its own thread, the stage reports a hang.
        target = turn.target(wrapper)
        turn.begin(target).result()
        turn.end(target)
    accesses = ACCESSES[under(description, True)]
    same_as_twin(accesses, wrapper, shared.raw, f"{description}, whose lock its own thread holds,")
    got = called(elsewhere, "acquire", False)
    expect(got, False, f"lock.acquire(False) elsewhere after acquire() {what}")
    hold.release()
    got = called(elsewhere, "acquire", False)
    expect(got, True, f"lock.acquire(False) elsewhere after as many release() as acquire() {what}")
    called(elsewhere, "release")


def _waiting_for_itself(case: _Case, who: str) -> Contest:
    wrapper, held = case.shared.seen_by(case.process), case.shared.seen_by(case.other)
    lock = case.shared.lock_seen_by(case.other)
    hold = Hold(Relay(called(wrapper, "get_lock"), lock))
    return Contest(case.description, held, lock, wrapper, hold, who)
