"""From a check to a verdict: run its examples, keep the smallest that fails, and see it fail again.

Only what the backend did (a `Finding`) goes through hypothesis, which looks for the smallest
example of it. Everything else ends the search at once: it is our own fault, or the machine's.

Examples take their objects from a pool, and a backend may have kept something of an earlier one. So
the first finding counts only if its example shows it on fresh actors; one that does not is put
aside, and the search goes on. If nothing else comes of it, the examples before that one are carried
out again too: what a backend hands out may depend on what it had in hand.

Where an example is a sequence of steps, its smallest part that fails is found here: hypothesis
knows nothing of what the steps mean.

Hypothesis takes each failing example many times over, and a hang costs its time-out each time. So
every example is run once and its outcome remembered, and after a few costly findings the search is
ended by letting the rest pass unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, NamedTuple

import hypothesis
from hypothesis import HealthCheck, Phase, settings

from ..checks.kit.check import Check
from ..checks.kit.refusals import is_any_start_refused
from ..stage.findings import ActorDied, ActorHung, Finding, LeftBehind, Refused, Unjudged
from ..stage.means import UNSAID, Means
from ..stage.stage import Stage
from ..strategies.steps import Steps, shortest
from ..verdicts.model import Evidence, Verdict

# Examples per check and start method.
PROFILES = {"quick": 10, "default": 40, "thorough": 400}

# How many times fewer examples a check has if each of them starts children of its own.
COSTLY = 10

# How many findings the search for the smallest example may cost.
COSTLY_FINDINGS = 2
FINDINGS = 40

# How often examples are drawn at most where they have not covered everything.
ROUNDS = 8

# How many parts of an example of steps are tried in search of the smallest.
CUTS = 200
CUTS_BY_A_HANG = 12

# How often a finding is tried again on fresh actors.
TRIES = 3


class _Enough(BaseException):
    """Ends hypothesis' search, which takes no notice of an Exception but to shrink its example."""


@dataclass(frozen=True)
class Judgement:
    """What came of a check."""

    verdict: Verdict
    message: str = ""
    evidence: Evidence | None = None
    examples: int = 0
    observed: Any = None
    covered: dict[str, int] = field(default_factory=dict)
    means: Means = UNSAID


class _Shown(NamedTuple):
    """A finding of an example, and what the actors did to come to it."""

    finding: Finding
    history: tuple[str, ...]


@dataclass
class Judge:
    """Runs the examples of one check on one stage."""

    stage: Stage
    profile: str
    seed: int
    _seen: dict[str, Finding | None] = field(default_factory=dict)
    _histories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _drawn: dict[str, dict[str, Any]] = field(default_factory=dict)
    _clause: str = ""
    _kept: int = 0
    _covered: Counter[str] = field(default_factory=Counter)
    _refused: Refused | None = None
    _stop: BaseException | None = None
    _confirmed: str = ""
    _fleeting: Finding | None = None
    _aside: str = ""

    def run(self, check: Check) -> Judgement:
        """Judge a check; raises what is nobody's finding."""
        self.stage.means, self._clause = UNSAID, check.clause
        return replace(self._run(check), means=self.stage.means)

    def _run(self, check: Check) -> Judgement:
        if not check.judged:
            return self._observe(check)
        body = check.body
        try:
            if check.strategies:
                for more in range(ROUNDS):
                    self._search(check, self.seed + more)
                    if self._stop or check.covers <= set(self._covered):
                        break
            else:
                self._once(body, {})
        except Finding as finding:
            return self._judgement(body, finding)
        if isinstance(self._stop, Unjudged):
            return Judgement(Verdict.INCONCLUSIVE, str(self._stop), examples=self._kept)
        if self._stop is not None:
            raise self._stop
        if self._fleeting is not None:
            return self._judgement(body, self._fleeting)
        if not self._kept:
            refused = f"there was no object to judge it by: {self._refused}"
            return Judgement(Verdict.INCONCLUSIVE, refused)
        missing = check.covers - set(self._covered)
        if missing:
            lacking = f"no example came to: {', '.join(sorted(missing))}"
            return Judgement(Verdict.INCONCLUSIVE, lacking, examples=self._kept)
        return Judgement(
            Verdict.PASS, examples=self._kept, covered=dict(sorted(self._covered.items()))
        )

    def _observe(self, check: Check) -> Judgement:
        """Record what an INFO clause asks for; a finding is why nothing was, and no verdict."""
        try:
            self.stage.begin_example()
            observed = check.body(self.stage)
            self.stage.end_example()
        except (Refused, Unjudged) as reason:
            observed = f"nothing: {reason}"
        except Finding as finding:
            observed = f"nothing: {finding}"
            self._tidy(finding)
        return Judgement(Verdict.OBSERVED, observed=observed)

    def _search(self, check: Check, seed: int) -> None:
        def example(**drawn: Any) -> None:
            self._once(check.body, drawn)

        examples = PROFILES[self.profile]
        run = hypothesis.given(**check.strategies)(example)
        run = hypothesis.seed(seed)(run)
        run = settings(
            max_examples=max(2, examples // COSTLY) if check.costly else examples,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=tuple(HealthCheck),
            verbosity=hypothesis.Verbosity.quiet,
        )(run)
        try:
            run()
        except _Enough:
            raise next(filter(None, self._seen.values())) from None

    def _once(self, body: Callable[..., None], drawn: dict[str, Any]) -> None:
        if self._stop is not None:
            return
        key = _key(drawn)
        if key not in self._seen:
            if self._spent():
                return
            self._seen[key], self._drawn[key] = None, drawn
            try:
                self._covered += self._attempt(body, drawn)
                self._kept += 1
            except Refused as refused:
                self._refused = refused
            except Finding as finding:
                if is_any_start_refused(self._clause, self.stage.target, finding):
                    self._refused = Refused(f"a process cannot be given one: {finding}")
                    self._tidy(finding)
                    return
                self._histories[key] = tuple(self.stage.history.lines())
                self._tidy(finding)
                if self._is_believed(body, key, finding):
                    self._seen[key] = finding
            except Exception as problem:
                self._stop = problem
                self.stage.reset()
                return
        seen = self._seen[key]
        if seen is not None:
            raise _Enough if _steps_of(drawn) else seen

    def _is_believed(self, body: Callable[..., None], key: str, finding: Finding) -> bool:
        """Return whether an example shows a finding by itself, if it is the first that has one."""
        if self._confirmed or _is_costly(finding):
            return True
        try:
            if self._repeat(body, self._drawn[key])[0]:
                self._confirmed = key
                return True
        except Exception as problem:
            self._stop = problem
            return False
        if self._fleeting is None:
            self._fleeting, self._aside = finding, key
        return False

    def _attempt(self, body: Callable[..., Any], drawn: dict[str, Any]) -> Counter[str]:
        """Run one example; return what it covered."""
        self.stage.begin_example()
        covered: Counter[str] | None = body(self.stage, **drawn)
        self.stage.end_example()
        return covered or Counter()

    def _tidy(self, finding: Finding) -> None:
        """Leave the stage as a new example may find it."""
        if _is_costly(finding) or self.stage.is_busy():
            self.stage.reset()
            return
        try:
            self.stage.drop_taken()
            self.stage.end_example()
        except Finding:
            self.stage.reset()

    def _spent(self) -> bool:
        findings = [finding for finding in self._seen.values() if finding is not None]
        costly = [finding for finding in findings if _is_costly(finding)]
        # Where calls keep hanging, a smaller example is not worth the next time-out.
        most = COSTLY_FINDINGS if self.stage.hangs <= COSTLY_FINDINGS else 1
        return len(costly) >= most or len(findings) >= FINDINGS

    def _judgement(self, body: Callable[..., None], finding: Finding) -> Judgement:
        key = next((key for key, seen in self._seen.items() if seen is finding), self._aside)
        # The smaller an example, the more it may owe to those before it.
        candidates = [self._cut(body, key, finding), (key, finding)]
        if self._confirmed:
            candidates.append((self._confirmed, self._seen[self._confirmed] or finding))
        for key, finding in dict(candidates).items():
            again, tries = self._repeat(body, self._drawn[key], finding)
            recurred = _recurring(finding, again)
            if recurred:
                break
        before = [] if recurred else [self._drawn[one] for one in takewhile(key.__ne__, self._seen)]
        if before:
            again, tries = self._repeat(body, self._drawn[key], finding, before)
            recurred = _recurring(finding, again)
        verdict, history = _verdict(finding), self._histories[key]
        if recurred and _verdict(recurred[0].finding) is not verdict:
            finding, history = recurred[0]
            verdict = _verdict(finding)
        message = str(finding)
        if recurred and before:
            message += f" (after the {len(before)} examples before it, not by itself)"
        evidence = Evidence(
            example=key,
            history=history,
            output=_output(finding),
            recurred=len(recurred),
            tries=tries,
        )
        if not recurred:
            # An accusation that nobody can see again is none.
            verdict = Verdict.INCONCLUSIVE
            message = f"seen once, and not again in {tries} tries on fresh actors: {message}"
        return Judgement(verdict, message, evidence, len(self._seen))

    def _cut(self, body: Callable[..., None], key: str, finding: Finding) -> tuple[str, Finding]:
        """Return the smallest part of an example that has the same verdict, and what it showed."""
        name = _steps_of(self._drawn[key])
        tries, hangs = 0, self.stage.hangs

        def fails(steps: Steps) -> bool:
            nonlocal tries, key, finding
            if tries >= CUTS or self.stage.hangs - hangs >= CUTS_BY_A_HANG:
                return False
            tries += 1
            part = {**self._drawn[key], name: steps}
            try:
                self._attempt(body, part)
            except Finding as again:
                history = tuple(self.stage.history.lines())
                # What it left behind must not fail the next part.
                self.stage.reset()
                if _verdict(again) is not _verdict(finding):
                    return False
                key, finding = _key(part), again
                self._drawn[key], self._histories[key], self._seen[key] = part, history, again
                return True
            except (Refused, Unjudged):
                self.stage.reset()
            return False

        if name:
            shortest(self._drawn[key][name], fails)
        return key, finding

    def _repeat(
        self,
        body: Callable[..., None],
        drawn: dict[str, Any],
        finding: Finding | None = None,
        before: Sequence[dict[str, Any]] = (),
    ) -> tuple[list[_Shown], int]:
        """Try an example on fresh actors; return what it showed, and the number of tries.

        There are `TRIES` of them, or fewer if one shows another crash or hang, as `finding` is, or
        anything at all where no finding is given. The examples `before` it come first, whatever
        they show.
        """
        again: list[_Shown] = []
        tries = 0
        while tries < TRIES:
            tries += 1
            self.stage.reset()
            for earlier in before:
                try:
                    self._attempt(body, earlier)
                except Finding as other:
                    self._tidy(other)
                except (Refused, Unjudged):
                    continue
            try:
                self._attempt(body, drawn)
            except Finding as shown:
                again.append(_Shown(shown, tuple(self.stage.history.lines())))
                if finding is None:
                    break
                if _is_costly(finding) and _verdict(shown) is _verdict(finding):
                    break
            except (Refused, Unjudged):  # a try that shows nothing
                continue
        self.stage.reset()
        return again, tries


def _recurring(first: Finding, again: list[_Shown]) -> list[_Shown]:
    """Return those of one verdict among what repetitions showed: the first finding's, if they did.

    What spoils memory may kill its process at first and give wrong bytes later. If another verdict
    came twice, it has been seen again as well.
    """
    counts = Counter(_verdict(shown.finding) for shown in again)
    verdict = _verdict(first)
    if not counts[verdict] and counts:
        ((verdict, count),) = counts.most_common(1)
        if count < 2:
            return []
    return [shown for shown in again if _verdict(shown.finding) is verdict]


def _is_costly(finding: Finding) -> bool:
    """Return whether it costs a stage or a time-out to see a finding again."""
    return isinstance(finding, ActorDied | ActorHung)


def _key(drawn: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in drawn.items())


def _steps_of(drawn: dict[str, Any]) -> str:
    """Return the name under which an example has steps, "" if it has none."""
    return next((name for name, value in drawn.items() if isinstance(value, Steps)), "")


def _verdict(finding: Finding) -> Verdict:
    match finding:
        case ActorDied():
            return Verdict.CRASH
        case ActorHung():
            return Verdict.HANG
        case LeftBehind():
            return Verdict.LEAK
    return Verdict.FAIL


def _output(finding: Finding) -> str:
    match finding:
        case ActorDied():
            return finding.output
        case ActorHung():
            return finding.stacks
    return ""
