"""The search for an example that fails, and for a small one.

hypothesis draws the examples, and once one fails, looks for the smallest that does. Only what the
backend did (a `Finding`) is a failure; any other exception is a bug in the suite or a problem of
the machine, and ends the search at once.

hypothesis runs a failing example many times, and a hang costs its time-out each time. So every
example is run only once and its outcome is remembered. A budget bounds the search, which ends once
it is spent: of failures, and of what is drawn after the first one, whether or not it fails.

The first failure counts only if its example fails by itself on fresh actors. Otherwise it is put
aside as unconfirmed, and the search goes on; it is examined again if there is no other failure.

Where the check draws from a table, the rows that no example had are drawn at last.

What the creator does alone has little to do with the start method. Where a backend is judged under
several of them, each draws its part of such examples, by a seed of its own: as many as under one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any
from unittest.mock import patch

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.strategies import SearchStrategy

from ..checks.kit.causes import judge_of_cause, limit_reached
from ..checks.kit.check import Check
from ..selection import PROFILES
from ..stage.findings import ActorDied, ActorHung, Finding, Refused, Unjudged
from .choices import Choices
from .confirm import fails_by_itself
from .examples import Bench, Example, Failure
from .shrinking import FOR_A_REPORT, Shrinking

# How many times fewer examples a check has if each of them starts children of its own.
COSTLY = 10

# How many rounds of examples are drawn at most if they do not cover everything.
ROUNDS = 8

# Seeds are small numbers, and a round of examples adds one.
_BETWEEN_PARTS = 1_000_000

# How many examples may crash or hang in the search for the smallest.
COSTLY_FAILURES = 2
# How many examples may die or hang for a reason that another clause judges.
COSTLY_REFUSALS = 3


@dataclass(frozen=True)
class Part:
    """Which part of the examples a start method has to do: one of `of`, and which by its number."""

    number: int
    of: int


ALONE = Part(0, 1)


def _drawn_by_its_seed_alone() -> AbstractContextManager[object]:
    """Return a context in which hypothesis draws the same whatever modules are loaded.

    It mixes constants into what it draws that it has read in the source of loaded modules. So a run
    of one clause would not draw what a run of all does, nor one worker what another does.
    """
    name = "_maybe_draw_constant"
    return patch.object(HypothesisProvider, name, lambda *_, **__: None, create=True)


def _is_among(rows: frozenset[str], row: object) -> bool:
    return repr(row) in rows


class _Enough(BaseException):
    """Ends the search of hypothesis, which handles an Exception by shrinking its example."""


class _PartDone(BaseException):
    """Ends a round of hypothesis: this start method has done its part of the examples."""


class Search:
    """Runs the examples of one check on one stage.

    `memory` has each example that was run, and `failures` each that failed, by its text. `passed`
    counts those that passed, and `covered` what they covered. `refused` says why the last object
    was refused, and `follows_from` which clause judges that, if one does. `fault` is the exception
    that ended the search without being a finding, `first` the text of the first example whose
    failure was confirmed, and `unconfirmed` a failure that was not. `choices` are those of the
    example that is run first, and after the search those of the smallest that failed.
    """

    def __init__(
        self,
        bench: Bench,
        check: Check,
        profile: str,
        choices: str = "",
        part: Part = ALONE,
        shrinking: Shrinking = FOR_A_REPORT,
    ) -> None:
        self.choices = Choices(choices)
        self.memory: dict[str, Example] = {}
        self.failures: dict[str, Failure] = {}
        self.passed = 0
        self.covered: Counter[str] = Counter()
        self.refused = ""
        self.follows_from = ""
        self.fault: Exception | None = None
        self.first = ""
        self.unconfirmed: Failure | None = None
        self._costly_refusals = 0
        # What was drawn since the first failure.
        self._drawn_since = 0
        self._bench = bench
        self._shrinking = shrinking
        self._check = check
        examples = PROFILES[profile]
        self._examples = max(2, examples // (COSTLY if check.costly else check.fewer))
        self._part = part
        self._enough_alone = ceil(self._examples / part.of)
        self._was_alone = not check.costly
        # Of each table the rows that are to be drawn still, as they are written.
        self._rows = {name: set(map(repr, table)) for name, table in check.tables.items()}
        # The table whose rest is being drawn, "" if none is.
        self._table = ""

    def run(self, seed: int) -> Failure | None:
        """Run examples until one fails or there are enough; return the smallest failure found."""
        try:
            if self._check.strategies:
                self._draw_until_covered(seed)
                for name in self._rows:
                    self._draw_the_rest_of(name, seed)
            else:
                self._example()
        except _Enough:
            return self._smallest()
        except Finding as finding:
            return next(one for one in self.failures.values() if one.finding is finding)
        return None

    def _smallest(self) -> Failure | None:
        """Return the last failure like the first one: only what is smaller is tried after it."""
        failures = list(self.failures.values())
        alike = [one for one in failures if one.verdict is failures[0].verdict]
        return alike[-1] if alike else None

    def _draw_until_covered(self, seed: int) -> None:
        for more in range(ROUNDS):
            self._draw(self._check.strategies, self._examples, seed + more)
            if self.fault or self._check.covers <= set(self.covered):
                break

    def _draw_the_rest_of(self, table: str, seed: int) -> None:
        """Draw the rows of a table that no example had, or this start method's part of them."""
        strategies, rows = self._check.strategies, self._rows[table]
        self._table = table
        if self._was_alone:
            rows &= set(map(repr, self._check.tables[table][self._part.number :: self._part.of]))
        for more in range(ROUNDS):
            if not rows or self.fault:
                break
            self._enough_alone = self.passed + len(rows)
            # As they are now: what has failed must be able to fail again.
            rest = strategies[table].filter(partial(_is_among, frozenset(rows)))
            self._draw({**strategies, table: rest}, len(rows), seed + more)

    def _draw(self, strategies: Mapping[str, SearchStrategy[Any]], most: int, seed: int) -> None:
        def example(**drawn: Any) -> None:
            self._example(**drawn)

        run = hypothesis.given(**strategies)(example)
        run = hypothesis.seed(seed + _BETWEEN_PARTS * self._part.number)(run)
        run = settings(
            max_examples=most,
            database=self.choices,
            deadline=None,
            phases=(Phase.reuse, Phase.generate, Phase.shrink),
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=tuple(HealthCheck),
            verbosity=hypothesis.Verbosity.quiet,
        )(run)
        with _drawn_by_its_seed_alone(), suppress(_PartDone):
            run()

    def _example(self, **drawn: Any) -> None:
        """Run what was drawn, unless it was run before; raises its finding, or _Enough."""
        example = Example(drawn)
        text = example.text
        self._drawn_since += bool(self.failures)
        if self._drawn_since > self._shrinking.drawn:
            raise _Enough
        if self._was_drawn(drawn):
            return
        if text not in self.memory:
            if self.fault is not None or self._is_budget_spent():
                raise _Enough
            self.memory[text] = example
            self._run(example)
        for name, rows in self._rows.items():
            rows.discard(repr(drawn[name]))
        if self._is_part_done():
            raise _PartDone
        failure = self.failures.get(text)
        if failure is not None:
            # Steps are made fewer by `minimise`.
            raise _Enough if example.steps_name else failure.finding

    def _was_drawn(self, drawn: dict[str, Any]) -> bool:
        """Whether the rest of a table is being drawn, and an example had this row already.

        Once something has failed, what failed must be able to fail again.
        """
        table = self._table
        return bool(table) and not self.failures and repr(drawn[table]) not in self._rows[table]

    def _run(self, example: Example) -> None:
        bench = self._bench
        try:
            self.covered += bench.run(example)
            self.passed += 1
            self._was_alone = self._was_alone and bench.was_creator_alone()
        except Refused as refused:
            self.refused = str(refused)
        except Finding as finding:
            limit = limit_reached(self._check.clause, finding)
            if limit:
                self.fault = Unjudged(f"the system allows no more ({limit}): {finding}")
                bench.tidy(finding)
                return
            operations = bench.stage.history.operations
            judge = judge_of_cause(self._check.clause, bench.stage.target, finding, operations)
            if judge:
                self.refused, self.follows_from = str(finding), judge
                self._costly_refusals += isinstance(finding, ActorDied | ActorHung)
                bench.tidy(finding)
                return
            failure = bench.failed(example, finding)
            bench.tidy(finding)
            self._record(failure)
        except Exception as problem:
            self.fault, target = problem, bench.stage.target
            if isinstance(problem, Unjudged) and problem.finding:
                self.follows_from = judge_of_cause(self._check.clause, target, problem.finding)
            bench.stage.reset()

    def _record(self, failure: Failure) -> None:
        """Record a failure; the first one only if it is confirmed.

        Where nothing is drawn there is only this example, which `confirm` repeats.
        """
        text = failure.example.text
        if self._check.strategies and not self.first and not failure.is_costly:
            try:
                if not fails_by_itself(self._bench, failure.example):
                    self.unconfirmed = self.unconfirmed or failure
                    return
            except Exception as problem:
                self.fault = problem
                return
            self.first = text
        self.failures[text] = failure

    def _is_part_done(self) -> bool:
        """Whether the creator has done alone as many examples as this start method has to do."""
        return (
            self._was_alone
            and not self.failures
            and self.passed >= self._enough_alone
            and self._check.covers <= set(self.covered)
        )

    def _is_budget_spent(self) -> bool:
        hangs = self._bench.stage.hangs
        if self._costly_refusals >= (1 if hangs.have_cost_too_much else COSTLY_REFUSALS):
            return True
        costly = sum(failure.is_costly for failure in self.failures.values())
        # If calls keep hanging, a smaller example is not worth another time-out.
        most = COSTLY_FAILURES if hangs.count <= COSTLY_FAILURES else 1
        return costly >= most or len(self.failures) >= self._shrinking.failures
