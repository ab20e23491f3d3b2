"""Stress: several actors use one object at once, and what each of them saw is judged.

Programs for all workers are carried out together (see `actors/threads/stress.py`). What they saw
is judged by itself: an order of the actions must explain it (`oracle/linearizability.py`), and no
two workers may be inside a block at once. There must have been contention: actions of different
workers overlapped, and some had to wait; otherwise nothing is judged.
"""

from __future__ import annotations

import json
import tempfile
import time
import typing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from ...actors.threads import stress
from ...oracle.linearizability import GaveUp, Illegal, Memory, Timed, find_order
from ...stage.actor import Pending, actor_of
from ...stage.descriptions import Description
from ...stage.findings import Moment, NotKept, Unjudged
from ...stage.stage import Stage

WORK = stress.work

# On a busy machine the programs may not overlap enough: then the batch is repeated.
TRIES = 6

# For each worker, so many actions must have lasted beyond the end of another worker's block.
ENOUGH = 3

# For so many seconds, workers that return or raise are asked for results before those that hang.
HEAD_START = 2.0

Action = tuple[str, tuple[tuple[Any, ...], ...]]


@dataclass(frozen=True)
class Cast:
    """Who takes part in a batch: processes, and how many threads of each."""

    processes: tuple[str, ...]
    threads: int

    @property
    def workers(self) -> list[str]:
        """The names of all workers."""
        if self.threads == 1:
            return list(self.processes)
        return [f"{one}, thread {n + 1}" for one in self.processes for n in range(self.threads)]


CASTS = (Cast(("creator", "child", "sibling"), 1), Cast(("creator", "child"), 2))


@dataclass(frozen=True)
class Trial:
    """An object to put under stress: its cells, what is in them, and what workers do.

    `layout` is that of `stress.Cells`; `program` draws the actions of worker number n.
    The sum of all cells is always `total`, unless that is None.
    """

    description: Description
    layout: tuple[Any, ...]
    start: tuple[Any, ...]
    program: Callable[[Random, int], list[Action]]
    total: int | None = None

    @property
    def through(self) -> str:
        """How a block that holds the lock accesses the object: a plain Lock is not reentrant."""
        return "raw" if self.description.lock == "Lock" else "wrapper"


@dataclass(frozen=True)
class Recorded:
    """What one worker did."""

    worker: str
    records: list[stress.Done]


def under_stress(stage: Stage, trials: Sequence[Trial], seed: int) -> None:
    """Put each object under stress; raises NotKept, or Unjudged where contention is not shown.

    Both casts play with objects under the default lock, one or the other with the rest.
    """
    table = [trial.description for trial in trials]
    for place, trial in enumerate(trials):
        casts = CASTS if trial.description.lock is True else CASTS[place % 2 :][:1]
        for cast in casts:
            random = Random(seed)  # noqa: S311 - it draws programs, no secrets
            _contend(stage, trial, table, cast, random)


def _contend(
    stage: Stage, trial: Trial, table: Sequence[Description], cast: Cast, random: Random
) -> None:
    needed, seen = ENOUGH * len(cast.workers), 0
    for _ in range(TRIES):
        recorded = _carry_out(stage, trial, table, cast, random)
        _expect_nobody_beside(trial, recorded)
        _expect_total(trial, recorded)
        _expect_order(trial, recorded)
        seen += _waits(recorded)
        if seen >= needed:
            return
    raise Unjudged(
        f"{seen} actions on {trial.description} lasted beyond the end of another worker's block in "
        f"{TRIES} batches of {len(cast.workers)} workers; {needed} would show contention"
    )


def _carry_out(
    stage: Stage, trial: Trial, table: Sequence[Description], cast: Cast, random: Random
) -> list[Recorded]:
    shared = stage.pool.take(trial.description, table)
    handles = [shared.seen_by(who) for who in cast.processes]
    workers = cast.workers
    programs = [trial.program(random, number) for number in range(len(workers))]
    with board_for(len(workers)) as board:
        begun = []
        for place, handle in enumerate(handles):
            first = place * cast.threads
            # As text, which a message about the call cuts short.
            own = json.dumps(programs[first : first + cast.threads])
            rest = (trial.layout, trial.through, own, first, len(workers))
            begun.append(actor_of(handle).begin(WORK, board, handle, *rest))
        each = [records for results in _results(begun) for records in results]
    return [Recorded(who, records) for who, records in zip(workers, each, strict=True)]


def _results(begun: Sequence[Pending[Any]]) -> list[Any]:
    """Return the results of calls; where one raised, the others may wait for it forever."""
    until = time.monotonic() + HEAD_START
    results: dict[int, Any] = {}
    while len(results) < len(begun):
        for place, pending in enumerate(begun):
            if place not in results and (pending.done() or time.monotonic() > until):
                results[place] = pending.result()
        time.sleep(1e-4)
    return [results[place] for place in range(len(begun))]


@contextmanager
def board_for(workers: int) -> Iterator[str]:
    """Provide a file for the board of some workers for the duration of a block."""
    with tempfile.NamedTemporaryFile(prefix="sharedctypes-board-") as file:
        file.write(bytes(4 * workers))
        file.flush()
        yield file.name


def _waits(recorded: Sequence[Recorded]) -> int:
    """Return how many actions lasted beyond the end of a block of another worker."""
    ends = sorted(
        (one.releasing, who.worker) for who in recorded for one in who.records if one.releasing
    )
    actions = [(one.began, one.ended, who.worker) for who in recorded for one in who.records]
    actions.sort()
    waits = first = 0
    for began, ended, worker in actions:
        while first < len(ends) and ends[first][0] < began:
            first += 1
        place = first
        while place < len(ends) and ends[place][0] < ended:
            if ends[place][1] != worker:
                waits += 1
                break
            place += 1
    return waits


def _expect_nobody_beside(trial: Trial, recorded: Sequence[Recorded]) -> None:
    for who in recorded:
        for number, one in enumerate(who.records):
            if one.was_shared:
                finding = NotKept(
                    f"in block {number + 1} of {who.worker}, which held the lock of "
                    f"{trial.description}, another worker was inside as well"
                )
                finding.moments = _moments_of_blocks(one, recorded)
                raise finding


def _expect_total(trial: Trial, recorded: Sequence[Recorded]) -> None:
    if trial.total is None:
        return
    seen = [
        (who.worker, values)
        for who in recorded
        for one in who.records
        for writes, _, values in one.accesses
        if len(values) == len(trial.start) and not writes
    ]
    for worker, values in seen:
        total = sum(typing.cast("tuple[int, ...]", values))
        if total != trial.total:
            raise NotKept(
                f"{worker}, which held the lock of {trial.description}, read {_shown(values)}, "
                f"together {total}, should be {trial.total}"
            )


def _expect_order(trial: Trial, recorded: Sequence[Recorded]) -> None:
    history = [
        Timed(who.worker, one.began, one.ended, one.accesses)
        for who in recorded
        for one in who.records
    ]
    verdict = find_order(Memory(), trial.start, history)
    if isinstance(verdict, GaveUp):
        raise Unjudged(f"no order of {len(history)} actions was found in {verdict.work} steps")
    if isinstance(verdict, Illegal):
        finding = NotKept(_in_words(trial, verdict, len(history)))
        finding.moments = _moments_of_actions(verdict.part)
        raise finding


def _moments_of_blocks(shared: stress.Done, recorded: Sequence[Recorded]) -> tuple[Moment, ...]:
    """Return what a picture shows of a block in which another worker was: all that overlap it."""
    zero = shared.began
    moments = []
    for who in recorded:
        for one in who.records:
            if not one.acquired or one.releasing < shared.acquired:
                continue
            if one.acquired > shared.releasing:
                continue
            zero = min(zero, one.began)
            did = _accesses(one.accesses) or "nothing"
            moments += [
                Moment(who.worker, one.began, one.acquired, "acquires the lock", 1),
                Moment(who.worker, one.acquired, one.releasing, did, 0, one is shared),
                Moment(who.worker, one.releasing, one.ended, "releases the lock", -1),
            ]
    return _from(zero, moments)


def _moments_of_actions(part: Sequence[Timed[Any]]) -> tuple[Moment, ...]:
    """Return what a picture shows of actions that no order explains: none of them by itself."""
    moments = [
        Moment(one.actor, one.began, one.ended, _accesses(one.done), 0, True) for one in part
    ]
    return _from(min(one.began for one in part), moments)


def _from(zero: int, moments: Sequence[Moment]) -> tuple[Moment, ...]:
    moments = [
        one._replace(began=one.began - zero, ended=None if one.ended is None else one.ended - zero)
        for one in moments
    ]
    return tuple(sorted(moments, key=lambda one: one.began))


def _accesses(done: Sequence[Any]) -> str:
    return ", ".join(
        f"{'wrote' if writes else 'read'} {_cells(first, values)}" for writes, first, values in done
    )


def _in_words(trial: Trial, verdict: Illegal[Any, Any], of: int) -> str:
    zero = min(one.began for one in verdict.part)
    lines = [
        f"{one.actor}, {(one.began - zero) / 1000:.0f} to {(one.ended - zero) / 1000:.0f} us: "
        + _accesses(one.done)
        for one in verdict.part
    ]
    return (
        f"no order explains what these {len(lines)} of {of} actions on {trial.description} saw, "
        f"which began with {_shown(verdict.start)}:\n" + "\n".join(lines)
    )


def _cells(first: int, values: Sequence[Any]) -> str:
    return _shown(values) + (f" from cell {first} on" if first else "")


def _shown(values: Sequence[Any]) -> str:
    shown = [f"a mix of {one}" if isinstance(one, tuple) else repr(one) for one in values]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"
