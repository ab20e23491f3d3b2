"""How many clauses a backend keeps, of how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .model import Result, Verdict


@dataclass(frozen=True)
class Tally:
    """Clauses of grade MUST and SHOULD, counted over start methods.

    `kept` hold under each that was judged; `broken` do not under one at least; `open` are neither:
    inconclusive, unsupported or an error of ours under one at least.
    """

    kept: int = 0
    broken: int = 0
    open: int = 0

    @property
    def judged(self) -> int:
        """Those that are kept or broken."""
        return self.kept + self.broken


def tally(results: Iterable[Result]) -> Tally:
    """Count the clauses of one backend in one interpreter."""
    verdicts: dict[str, set[Verdict]] = {}
    for result in results:
        if result.verdict is not Verdict.OBSERVED:
            verdicts.setdefault(result.clause, set()).add(result.verdict)
    broken = sum(any(verdict.is_finding for verdict in each) for each in verdicts.values())
    kept = sum(each == {Verdict.PASS} for each in verdicts.values())
    return Tally(kept, broken, len(verdicts) - kept - broken)
