"""How much is done to make an example that fails small, and to see it fail again.

A report shows the example, so a run spends time on it. A selftest wants the verdict alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shrinking:
    """A budget, in numbers.

    `failures`: examples that may fail until the search for the smallest ends, and `drawn`: those
    that may be drawn after the first one, whether or not they fail; without a bound, hypothesis
    goes on for thousands. `cuts`: parts of a sequence of steps that are tried. `repetitions`: how
    often the smallest has to fail again on fresh actors.
    """

    failures: int
    drawn: int
    cuts: int
    repetitions: int


FOR_A_REPORT = Shrinking(failures=40, drawn=400, cuts=200, repetitions=2)
FOR_THE_VERDICT = Shrinking(failures=3, drawn=30, cuts=5, repetitions=1)
