"""The picture of a history: a lane for each actor, and a row for each moment that matters.

Time runs downwards, so that a picture is as readable on a phone as on a wide screen. Only the order
of what happened matters, not how long it took. An operation that nothing else began or ended in is
one row; one that lasts over others is a bar from the row in which it began to the one in which it
ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...verdicts.model import Moment

# A report may come from a stranger: more than this is no picture any more.
MOST = 60

# What the acting lane of a row shows.
WHOLE, BEGINS, ENDS, NEVER = "whole", "begins", "ends", "did not end"


class Row(NamedTuple):
    """A row: who acts, what it shows of the operation, and its code.

    `lasting` are the lanes in which an operation lasts that began before and ends later, `holding`
    those whose actors hold the lock when the row begins, `then` when it has ended.
    """

    lane: int
    what: str
    code: str
    lasting: tuple[int, ...]
    holding: tuple[int, ...]
    then: tuple[int, ...]
    is_judged: bool


class Lanes(NamedTuple):
    """A picture: the actors, and its rows from the first to the last."""

    actors: tuple[str, ...]
    rows: tuple[Row, ...]


def lanes_of(moments: Sequence[Moment]) -> Lanes | None:
    """Return the picture of some operations, None if there are none."""
    moments = moments[-MOST:]
    if not moments:
        return None
    actors = tuple(dict.fromkeys(one.actor for one in moments))
    rows: list[Row] = []
    held = _Held()
    lasting: dict[int, None] = {}
    events = _events(moments)
    for place, (number, is_end) in enumerate(events):
        one = moments[number]
        lane = actors.index(one.actor)
        follows = events[place + 1] if place + 1 < len(events) else None
        if not is_end and follows == (number, True):
            continue
        what = ENDS if is_end else (NEVER if one.ended is None else BEGINS)
        if is_end and events[place - 1] == (number, False):
            what = WHOLE
        before = held.lanes
        if is_end:
            lasting.pop(lane, None)
            held.change(lane, one.effect)
        rows.append(
            Row(
                lane,
                what,
                one.code if is_end or what == NEVER else _without_outcome(one.code),
                tuple(other for other in lasting if other != lane),
                before,
                held.lanes,
                one.is_judged,
            )
        )
        if not is_end:
            lasting[lane] = None
    return Lanes(actors, tuple(rows))


def _events(moments: Sequence[Moment]) -> list[tuple[int, bool]]:
    """Return the begins and ends in their order: the number of the operation, whether it ends."""
    events = []
    # What an actor did comes in the order in which it did it, whatever a clock says.
    latest: dict[str, int] = {}
    for number, one in enumerate(moments):
        began = max(one.began, latest.get(one.actor, one.began))
        events.append((began, number, 0))
        if one.ended is not None:
            ended = max(one.ended, began)
            events.append((ended, number, 1))
            latest[one.actor] = ended
    return [(number, bool(is_end)) for _, number, is_end in sorted(events)]


def _without_outcome(code: str) -> str:
    return code.partition("  # ")[0]


class _Held:
    """Who holds the lock, according to what calls of `acquire` and `release` returned."""

    def __init__(self) -> None:
        self._depths: dict[int, int] = {}

    @property
    def lanes(self) -> tuple[int, ...]:
        return tuple(lane for lane, depth in self._depths.items() if depth > 0)

    def change(self, lane: int, effect: int) -> None:
        if effect < 0 and self._depths.get(lane, 0) <= 0 and self.lanes:
            # Who holds a Lock need not be who releases it.
            lane = self.lanes[-1]
        self._depths[lane] = max(0, self._depths.get(lane, 0) + effect)
