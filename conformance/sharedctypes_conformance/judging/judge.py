"""From a check to a judgement: search for a failing example, minimise it, and confirm it.

An accusation that nobody can see again is none: a failure that does not recur is inconclusive. So
is a check that could not observe what it judges, and one whose examples did not cover what they
must.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..checks.kit.causes import judge_of_cause, judge_of_hangs
from ..checks.kit.check import Check
from ..contract import CAPABILITIES, load_registry
from ..selection import PROFILES
from ..stage.capabilities import lacking
from ..stage.findings import ActorHung, Finding, GaveUp, Refused, Unjudged
from ..stage.means import UNSPECIFIED, Means
from ..stage.patience import FRUITLESS
from ..stage.stage import Stage
from ..verdicts.model import Evidence, Moment, Verdict
from .confirm import confirm
from .examples import Bench, Failure
from .minimise import minimise
from .recording import recorded, source_of
from .search import ALONE, Part, Search
from .shrinking import FOR_A_REPORT, Shrinking


@dataclass(frozen=True)
class Judgement:
    """The outcome of a check: a verdict on its clause, or what it observed.

    `follows_from` is the clause that judges why nothing could be judged, "" if there is none;
    `cause` what a finding is about, in words that are the same for all that show the same defect;
    `lacks` are the capabilities that the clause needs and the backend does not have.
    """

    verdict: Verdict
    message: str = ""
    evidence: Evidence | None = None
    examples: int = 0
    observed: Any = None
    covered: dict[str, int] = field(default_factory=dict)
    means: Means = UNSPECIFIED
    follows_from: str = ""
    cause: str = ""
    lacks: tuple[str, ...] = ()


def judge(
    stage: Stage,
    check: Check,
    profile: str = "default",
    seed: int = 0,
    choices: str = "",
    part: Part = ALONE,
    shrinking: Shrinking = FOR_A_REPORT,
) -> Judgement:
    """Run a check on a stage; return its judgement.

    `choices` are those of an example that is run before any is drawn, from the evidence of an
    earlier judgement; `part` says what this start method has to do, and `shrinking` how much is
    done about an example that fails. Any exception that is no finding is raised: a bug of ours.
    """
    unsupported = _unsupported(stage, check)
    if unsupported is not None:
        return unsupported
    stage.means = UNSPECIFIED
    stage.effort = PROFILES[profile] / PROFILES["default"]
    area = check.clause.partition(".")[0]
    # Somebody has to be accused: the clause from which others follow is judged with all patience.
    hangs = stage.hangs
    hangs.are_many = hangs.have_cost_too_much and judge_of_hangs(stage.target) != check.clause
    if hangs.are_many and hangs.are_all_of(area):
        return _untried(stage, check, area)
    if check.judged:
        search = Search(Bench(stage, check.body), check, profile, choices, part, shrinking)
        judgement = _judge(stage, check, search, seed, shrinking)
    else:
        judgement = _observe(stage, check)
    return replace(_for_want(stage, judgement), means=stage.means)


def _for_want(stage: Stage, judgement: Judgement) -> Judgement:
    """Return a judgement, unsupported if nothing was shown for want of what is lacking.

    What a clause draws may need another function in each example, or any way to pass an object on,
    which no declaration says. That the cause is a lack and no defect is known from its own use.
    """
    if judgement.verdict is not Verdict.INCONCLUSIVE or not judgement.follows_from:
        return judgement
    promised = load_registry().clause(judgement.follows_from).promises
    lacks = lacking(stage.target, promised)
    if not lacks:
        return judgement
    return replace(judgement, verdict=Verdict.UNSUPPORTED, lacks=tuple(lacks))


def _unsupported(stage: Stage, check: Check) -> Judgement | None:
    """Return that a clause needs what the backend lacks, None if it does not.

    A clause that promises what is lacking is judged: somebody has to be accused.
    """
    clause = load_registry().clauses.get(check.clause)
    if clause is None:  # a check that is tried before its clause is written
        return None
    lacks = lacking(stage.target, clause.needs)
    if not set(lacks) - {*clause.promises}:
        return None
    message = "; ".join(f"it lacks {name}: {evidence}" for name, evidence in lacks.items())
    if not check.judged:
        return Judgement(Verdict.OBSERVED, observed=f"nothing: {message}", lacks=tuple(lacks))
    promises = [CAPABILITIES[name].promised_by for name in lacks]
    return Judgement(
        Verdict.UNSUPPORTED,
        message,
        follows_from=next((one for one in promises if one not in ("", clause.id)), ""),
        lacks=tuple(lacks),
    )


def _untried(stage: Stage, check: Check, area: str) -> Judgement:
    """Return that a check was not run because those before it hang."""
    message = (
        f"it was not tried: the last {FRUITLESS} clauses of the area {area} were given up, and "
        f"{stage.hangs.lost:.0f} s had been lost by hangs"
    )
    if not check.judged:
        return Judgement(Verdict.OBSERVED, observed=f"nothing: {message}")
    hang = ActorHung("a process", "an operation", 0, "")
    follows_from = judge_of_cause(check.clause, stage.target, hang)
    return Judgement(Verdict.INCONCLUSIVE, message, follows_from=follows_from)


def _judge(
    stage: Stage, check: Check, search: Search, seed: int, shrinking: Shrinking
) -> Judgement:
    failure = search.run(seed)
    gave_up = isinstance(search.fault, GaveUp)
    stage.hangs.end_clause(check.clause.partition(".")[0], gave_up)
    if failure is None:
        if isinstance(search.fault, Unjudged):
            return _inconclusive(str(search.fault), search)
        if search.fault is not None:
            raise search.fault
        failure = search.unconfirmed
    if failure is not None:
        return _accuse(Bench(stage, check.body), search, failure, shrinking)
    if not search.passed:
        return _inconclusive(f"no example could be run: {search.refused}", search)
    missing = check.covers - set(search.covered)
    if missing:
        why = f"; one that might was not carried out: {search.refused}" if search.refused else ""
        return _inconclusive(f"no example covered: {', '.join(sorted(missing))}{why}", search)
    covered = dict(sorted(search.covered.items()))
    return Judgement(Verdict.PASS, examples=search.passed, covered=covered)


def _inconclusive(message: str, search: Search) -> Judgement:
    return Judgement(
        Verdict.INCONCLUSIVE, message, examples=search.passed, follows_from=search.follows_from
    )


def _accuse(bench: Bench, search: Search, failure: Failure, shrinking: Shrinking) -> Judgement:
    """Return the judgement of a failure: its verdict, if it recurs."""
    parts = minimise(bench, failure, shrinking.cuts)
    search.memory |= {part.example.text: part.example for part in parts}
    candidates = [*parts[-1:], failure]
    if search.first:
        candidates.append(search.failures[search.first])
    # One failure for each example.
    distinct = {candidate.example.text: candidate for candidate in candidates}
    confirmation = confirm(bench, distinct.values(), search.memory.values(), shrinking.repetitions)
    failure = confirmation.failure
    message = str(failure.finding)
    if confirmation.recurred and confirmation.before:
        message += f" (after the {confirmation.before} examples before it, not by itself)"
    evidence = Evidence(
        example=failure.example.text,
        history=failure.history,
        output=failure.output,
        recurred=confirmation.recurred,
        tries=confirmation.tries,
        choices=search.choices.smallest,
        moments=tuple(Moment(**one._asdict()) for one in failure.moments),
        source=source_of(failure.steps),
        steps=recorded(failure.steps),
        seen=failure.finding.seen,
        wanted=failure.finding.wanted,
        after=failure.finding.after,
    )
    verdict = failure.verdict
    if not confirmation.recurred:
        verdict = Verdict.INCONCLUSIVE
        tries = confirmation.tries
        message = f"failed once, and not again in {tries} tries in fresh processes: {message}"
    cause = "; ".join(map(str, failure.finding.causes)) if verdict.is_finding else ""
    return Judgement(verdict, message, evidence, len(search.memory), cause=cause)


def _observe(stage: Stage, check: Check) -> Judgement:
    """Record what an INFO clause asks for; a finding is the reason why nothing was recorded."""
    bench = Bench(stage, check.body)
    try:
        stage.begin_example()
        observed = check.body(stage)
        stage.end_example()
    except (Refused, Unjudged) as reason:
        observed = f"nothing: {reason}"
        bench.stage.reset()
    except Finding as finding:
        observed = f"nothing: {finding}"
        bench.tidy(finding)
    return Judgement(Verdict.OBSERVED, observed=observed)
