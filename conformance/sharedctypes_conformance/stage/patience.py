"""How long the suite waits, in seconds.

The bounds are generous, because one that a loaded machine can miss would accuse a backend. After
one call has hung, the next is reported sooner, but only if its thread is asleep.

A backend that hangs everywhere would still take hours. So once much time has been lost, there is
little patience left, from the next clause on. Whoever misses one of those bounds is not accused:
the suite has given up (`GaveUp`), and the clause is not judged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .findings import ActorHung, GaveUp

PATIENCE = 10.0
PATIENCE_AFTER_A_HANG = 2.0
PATIENCE_FOR_A_START = 30.0

# How many times longer to wait for a call that by design waits for other processes or threads.
SCENARIO = 3

# How long one waits in vain, all in all, before there is little patience left.
MOST_LOST = 60.0
# For a call whose thread is asleep, and for whatever has to start processes or wait for them.
LITTLE_FOR_A_CALL = 0.3
LITTLE_FOR_PROCESSES = 1.5
LITTLE_FOR_A_PROGRAM = 3.0
# After so many clauses of an area in a row at which the suite gave up, it tries no more of them.
FRUITLESS = 3


@dataclass
class Hangs:
    """What has hung on a stage: how many calls, and how long was waited; restarts do not reset it.

    `are_many` is set for a whole clause: within it, a failure is repeated with the same patience.
    """

    count: int = 0
    lost: float = 0.0
    are_many: bool = False
    _fruitless: Counter[str] = field(default_factory=Counter)

    @property
    def have_cost_too_much(self) -> bool:
        """Whether there is little patience left, for clauses that begin from now on."""
        return self.lost >= MOST_LOST

    def end_clause(self, area: str, gave_up: bool) -> None:
        """Take note whether the suite gave up at a clause of an area."""
        self._fruitless[area] = self._fruitless[area] + 1 if gave_up else 0

    def are_all_of(self, area: str) -> bool:
        """Return whether it is not worth while to try more clauses of an area."""
        return self._fruitless[area] >= FRUITLESS

    def bound(self, seconds: float, little: float) -> float:
        """Return how long to wait: so many seconds, or little."""
        return min(seconds, little) if self.are_many else seconds

    def outcome_of(self, hang: ActorHung) -> ActorHung | GaveUp:
        """Return what it means that somebody was waited for in vain, to be raised."""
        lost, self.lost = self.lost, self.lost + hang.seconds
        return GaveUp(hang, lost) if self.are_many else hang
