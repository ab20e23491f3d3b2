"""Acquiring and releasing a lock by one of many calls, and handing it over many times."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from typing import Any

from ..threads.board import AWAY, WAITING, Board, let_others_work
from ..threads.helpers import at_once, switching_every

# Longer than anything here takes.
LONG = 1000.0


def pass_through(wrapper: Any, how: str) -> Any:
    """Acquire the lock, and release it as belongs to that; return what `acquire` returned.

    `how` is two words: what to do, and whether to the "wrapper" or to its "lock". A block, which
    returns when it has acquired the lock, counts as True.
    """
    what, _, through = how.partition(" ")
    lock = wrapper if through == "wrapper" else wrapper.get_lock()
    if what == "with":
        with lock:
            return True
    if what == "raise":
        with contextlib.suppress(LookupError), lock:
            raise LookupError
        return True
    acquired = lock.acquire(True, LONG) if what == "timed" else lock.acquire()
    if acquired:
        lock.release()
    return acquired


def pass_in_a_crowd(wrapper: Any, count: int) -> list[Any]:
    """Acquire and release the lock in so many threads at once; return what `acquire` returned."""
    return at_once(*[partial(pass_through, wrapper, "acquire wrapper")] * count)


def take_turns(board: str, wrapper: Any, first: int, threads: int, times: int) -> int:
    """Have two workers hand the lock of a wrapper to each other; return how often they did so.

    The workers are the two threads of this process, or this process and another one, which has
    number 1 - `first`. Each waits for the lock while the other holds it, and holds it until the
    other waits; having released it, it waits until the other has acquired it, for ever. How soon
    after the other began to wait the lock is released varies, because a wakeup may be lost at one
    moment or another.
    """
    if threads == 1:
        return _turns(board, wrapper, first, times)
    with switching_every(1e-5):
        return sum(at_once(*[partial(_turns, board, wrapper, me, times) for me in range(threads)]))


def _turns(board: str, wrapper: Any, me: int, times: int) -> int:
    place, counted = Board(board, me, 2), 0
    try:
        place.meet()
        for turn in range(times):
            place.stand(WAITING)
            with wrapper:
                place.stand(AWAY)
                place.take_turn()
                counted += place.wait_for_company()
                for _ in range(turn * 7 % 40):
                    place.turns_of_others()
                seen = place.turns_of_others()
            looks = 0
            while place.turns_of_others() == seen and not place.is_last():
                looks += 1
                let_others_work(looks)
    finally:
        place.close()
    return counted


def rally(mine: Any, theirs: Any, times: int) -> int:
    """Acquire one lock and release the other, repeatedly; the other side does the reverse."""
    for _ in range(times):
        mine.acquire()
        theirs.release()
    return times


def rally_of_threads(one: Any, other: Any, times: int) -> int:
    """Have two threads do that to each other; return when both have ended."""
    # One of the two is this thread: after a hang the stage gives little time to a call whose thread
    # is asleep, as it would be while it waits for two others.
    other_side = threading.Thread(target=rally, args=(other, one, times), daemon=True)
    other_side.start()
    rally(one, other, times)
    other_side.join()
    return times
