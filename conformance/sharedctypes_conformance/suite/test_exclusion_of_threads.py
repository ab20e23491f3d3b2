"""Area `exclusion`: threads of one process, one of which holds a lock that the other wants.

And the thread that holds it: a recursive lock lets it in again, a plain one keeps it out as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..stage.pool import Description, Shared
from ..stage.stage import Stage
from .check import check
from .contending import (
    ACCESSES,
    LOCKS,
    TABLE,
    TRIES,
    TURNS,
    Contest,
    contend,
    hold_of,
    is_recursive,
    under,
)
from .exclusion import Hold, Relay
from .observe import expect
from .twins import same_as_twin

# Processes of the family, each with one that looks on.
_PROCESSES = {"creator": "child", "child": "creator"}

Row = list[tuple[Description, Shared]]


def _rows(stage: Stage, kind: str) -> Iterator[tuple[Row, str, str]]:
    """Give the objects under each lock of a kind, a process of the family and one that looks on."""
    for lock in LOCKS[kind]:
        descriptions = [under(one, lock) for one in ACCESSES]
        shared = stage.pool.take_together(descriptions, TABLE)
        for process, other in _PROCESSES.items():
            yield list(zip(descriptions, shared, strict=True)), process, other


def _contend(stage: Stage, kind: str) -> None:
    for row, process, _ in _rows(stage, kind):
        thread = stage.thread(row[0][1].seen_by(process)._handle_actor)
        contests = []
        for place, (description, shared) in enumerate(row):
            held, contender = shared.seen_by(process), thread(shared.seen_by(process))
            lock = shared.lock_seen_by(process)
            if process == "child":
                held, contender = contender, held
                lock = held.get_lock() if shared.lock is None else thread(lock)
            hold = hold_of(description, held, lock, place)
            who = "another thread of its process"
            contests.append(Contest(description, held, lock, contender, hold, who))
        contend(contests)


# Another thread.


@check("exclusion.thread-waits-for-the-default-lock")
def test_thread_and_default_lock(stage: Stage) -> None:
    _contend(stage, "default lock")


@check("exclusion.thread-waits-for-a-lock")
def test_thread_and_lock(stage: Stage) -> None:
    _contend(stage, "Lock")


@check("exclusion.thread-waits-for-an-rlock")
def test_thread_and_rlock(stage: Stage) -> None:
    _contend(stage, "RLock")


@check("exclusion.thread-waits-for-a-users-lock")
def test_thread_and_users_lock(stage: Stage) -> None:
    _contend(stage, "user's lock")


# The thread that holds it.


def _contend_with_itself(stage: Stage, kind: str) -> None:
    for row, process, other in _rows(stage, kind):
        if is_recursive(row[0][0]):
            for place, (description, shared) in enumerate(row):
                _gets_it_again(description, shared, process, other, place)
        else:
            contend(_waiting_for_itself(row, process, other))


def _gets_it_again(
    description: Description, shared: Shared, process: str, other: str, place: int
) -> None:
    wrapper, elsewhere = shared.seen_by(process), shared.lock_seen_by(other)
    hold = hold_of(description, wrapper, wrapper.get_lock(), place)
    hold.acquire()
    what = f"of {description} by the thread that has it already"
    for args in (*TRIES, ()):
        shown = ", ".join(map(repr, args))
        for name, lock in (("acquire", wrapper), ("get_lock().acquire", wrapper.get_lock())):
            expect(lock.acquire(*args), True, f"{name}({shown}) {what}")
            lock.release()
    for turn in TURNS:
        # If it waits for its own thread, the stage finds the hang.
        target = turn.target(wrapper)
        turn.begin(target).result()
        turn.end(target)
    accesses = ACCESSES[under(description, True)]
    same_as_twin(accesses, wrapper, shared.raw, f"{description}, whose lock its thread has,")
    expect(elsewhere.acquire(False), False, f"lock.acquire(False) elsewhere {what}")
    hold.release()
    expect(elsewhere.acquire(False), True, f"lock.acquire(False) after as many release() {what}")
    elsewhere.release()


def _waiting_for_itself(
    row: Sequence[tuple[Description, Shared]], process: str, other: str
) -> list[Contest]:
    contests = []
    for description, shared in row:
        wrapper, held = shared.seen_by(process), shared.seen_by(other)
        lock = held.get_lock()
        hold = Hold(Relay(wrapper.get_lock(), lock))
        contests.append(Contest(description, held, lock, wrapper, hold, "its own thread"))
    return contests


@check("exclusion.own-thread-gets-the-default-lock-again")
def test_own_thread_and_default_lock(stage: Stage) -> None:
    _contend_with_itself(stage, "default lock")


@check("exclusion.own-thread-waits-for-a-lock")
def test_own_thread_and_lock(stage: Stage) -> None:
    _contend_with_itself(stage, "Lock")


@check("exclusion.own-thread-gets-an-rlock-again")
def test_own_thread_and_rlock(stage: Stage) -> None:
    _contend_with_itself(stage, "RLock")


@check("exclusion.own-thread-and-a-users-lock")
def test_own_thread_and_users_lock(stage: Stage) -> None:
    _contend_with_itself(stage, "user's lock")
