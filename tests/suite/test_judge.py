"""Judging a check that passes, fails, fails once, hangs, or is itself broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import strategies as st

from sharedctypes_conformance.checks.kit.check import Check, all_checks
from sharedctypes_conformance.judging.judge import judge
from sharedctypes_conformance.judging.search import COSTLY
from sharedctypes_conformance.judging.shrinking import FOR_A_REPORT
from sharedctypes_conformance.selection import PROFILES
from sharedctypes_conformance.stage import patience
from sharedctypes_conformance.stage.findings import LeftBehind, NotKept, Refused, Unjudged
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.strategies.steps import Steps
from sharedctypes_conformance.verdicts.model import Verdict

from .judging import probe_liar

REPETITIONS = FOR_A_REPORT.repetitions


def a_check(body: Callable[..., None], strategies: dict[str, Any]) -> Check:
    return Check("area.name", body, strategies)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    stage = Stage(probe_liar("honest.plain").target("fork"))
    yield stage
    stage.close()


def test_a_check_that_returns_passes_once_per_example(stage: Stage) -> None:
    ran = []
    judgement = judge(
        stage,
        a_check(lambda stage, number: ran.append(number), {"number": st.integers()}),
        "quick",
        0,
    )
    assert judgement.verdict is Verdict.PASS
    assert judgement.examples == len(ran) == PROFILES["quick"]


def test_the_smallest_example_is_reported_with_its_history(stage: Stage) -> None:
    def body(stage: Stage, numbers: list[int]) -> None:
        total = stage.creator.call("builtins.sum", numbers)
        if total > 100:
            raise NotKept(f"{total} is too much")

    judgement = judge(
        stage, a_check(body, {"numbers": st.lists(st.integers(0, 1000))}), "default", 0
    )
    assert judgement.verdict is Verdict.FAIL
    assert judgement.message == "101 is too much"
    assert judgement.evidence is not None
    assert judgement.evidence.example == "numbers=[101]"
    assert judgement.evidence.history == ("creator: sum([101])  # 101",)
    assert (judgement.evidence.recurred, judgement.evidence.tries) == (REPETITIONS, REPETITIONS)


def test_a_failure_that_does_not_recur_is_inconclusive(stage: Stage) -> None:
    ran = []

    def body(stage: Stage, number: int) -> None:
        ran.append(number)
        if len(ran) == 3:
            raise NotKept("once")

    judgement = judge(stage, a_check(body, {"number": st.integers()}), "quick", 0)
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert "not again in 3 tries" in judgement.message


@pytest.mark.parametrize("nothing", [Refused, Unjudged])
def test_a_repetition_that_shows_nothing_is_a_try(stage: Stage, nothing: type[Exception]) -> None:
    ran: list[int] = []

    def body(stage: Stage) -> None:
        ran.append(1)
        if len(ran) % 3 == 0:
            raise nothing("not this time")
        raise NotKept("otherwise")

    judgement = judge(stage, a_check(body, {}), "quick", 0)
    assert judgement.verdict is Verdict.FAIL
    assert judgement.evidence is not None
    assert judgement.evidence.recurred < judgement.evidence.tries


@pytest.mark.parametrize("nothing", [Refused, Unjudged])
def test_a_part_that_shows_nothing_is_not_the_shortest(
    stage: Stage, nothing: type[Exception]
) -> None:
    def body(stage: Stage, steps: Steps) -> None:
        if len(steps) < 20:
            raise nothing("too few")
        raise NotKept("enough")

    drawn = {"steps": st.lists(st.integers(0, 20), min_size=30).map(Steps)}
    judgement = judge(stage, a_check(body, drawn), "quick", 0)
    assert judgement.verdict is Verdict.FAIL


def test_a_raising_operation_is_a_finding(stage: Stage) -> None:
    judgement = judge(stage, a_check(lambda stage: stage.creator.Value("i", "x"), {}), "quick", 0)
    assert judgement.verdict is Verdict.FAIL
    assert "raised TypeError" in judgement.message


def test_a_process_that_dies_is_a_crash(stage: Stage) -> None:
    judgement = judge(stage, a_check(lambda stage: stage.creator.call("os.abort"), {}), "quick", 0)
    assert judgement.verdict is Verdict.CRASH
    assert "SIGABRT" in judgement.message
    assert judgement.evidence is not None
    assert "Fatal Python error: Aborted" in judgement.evidence.output


def test_hangs_end_the_search_for_a_smaller_example(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.3)
    monkeypatch.setattr(patience, "PATIENCE_AFTER_A_HANG", 0.2)
    hung = []

    def body(stage: Stage, number: int) -> None:
        if number > 5:
            hung.append(number)
            stage.creator.call("signal.pause")

    judgement = judge(stage, a_check(body, {"number": st.integers(0, 1000)}), "default", 0)
    assert judgement.verdict is Verdict.HANG
    assert judgement.evidence is not None
    assert "signal.pause" in judgement.message
    assert "actor" in judgement.evidence.output or "creator" in judgement.evidence.output
    assert len(hung) <= 4


def test_a_bug_of_ours_is_raised_at_once(stage: Stage) -> None:
    ran = []

    def body(stage: Stage, number: int) -> None:
        ran.append(number)
        raise KeyError(number)

    with pytest.raises(KeyError):
        judge(stage, a_check(body, {"number": st.integers()}), "default", 0)
    assert len(ran) == 1


def test_a_false_assertion_of_ours_is_not_a_finding(stage: Stage) -> None:
    def body(stage: Stage) -> None:
        raise AssertionError("in the suite")

    with pytest.raises(AssertionError):
        judge(stage, a_check(body, {}), "quick", 0)


def test_what_cannot_be_observed_is_inconclusive(stage: Stage) -> None:
    def body(stage: Stage, number: int) -> None:
        raise Unjudged("no spies here")

    judgement = judge(stage, a_check(body, {"number": st.integers()}), "quick", 0)
    assert (judgement.verdict, judgement.message) == (Verdict.INCONCLUSIVE, "no spies here")


def test_refused_objects_show_nothing_about_other_clauses(stage: Stage) -> None:
    def body(stage: Stage, number: int) -> None:
        if number % 2:
            raise Refused("odd")

    judgement = judge(stage, a_check(body, {"number": st.integers()}), "default", 0)
    assert judgement.verdict is Verdict.PASS
    assert 0 < judgement.examples < PROFILES["default"]

    def never(stage: Stage, number: int) -> None:
        raise Refused("all")

    judgement = judge(stage, a_check(never, {"number": st.integers()}), "default", 0)
    assert judgement.verdict is Verdict.INCONCLUSIVE


def test_an_observation_is_recorded_and_not_judged(stage: Stage) -> None:
    observed = judge(
        stage,
        Check("area.name", lambda stage: stage.creator.call("builtins.len", "abc"), judged=False),
        "quick",
        0,
    )
    assert (observed.verdict, observed.observed) == (Verdict.OBSERVED, 3)
    died = judge(
        stage,
        Check("area.name", lambda stage: stage.creator.call("os.abort"), judged=False),
        "quick",
        0,
    )
    assert died.verdict is Verdict.OBSERVED
    assert died.observed.startswith("nothing: ")
    assert "SIGABRT" in died.observed
    assert stage.creator.call("builtins.len", "ab") == 2


def test_an_observation_of_a_refused_object_says_so(stage: Stage) -> None:
    def refuse(stage: Stage) -> None:
        raise Refused("there is no start method 'spawn'")

    observed = judge(stage, Check("area.name", refuse, judged=False), "quick", 0)
    assert observed.verdict is Verdict.OBSERVED
    assert "no start method 'spawn'" in observed.observed


def test_a_costly_check_has_fewer_examples(stage: Stage) -> None:
    ran: list[int] = []
    strategies = {"number": st.integers()}
    judge(
        stage,
        Check("area.name", lambda _, number: ran.append(number), strategies, costly=True),
        "default",
        0,
    )
    assert len(ran) == PROFILES["default"] // COSTLY


def test_a_failure_caused_by_an_earlier_example_does_not_end_the_search(stage: Stage) -> None:
    ran: list[int] = []

    def body(stage: Stage, number: int) -> None:
        ran.append(number)
        if len(ran) == 3:
            raise NotKept("left over")
        if number >= 10:
            raise NotKept(f"{number} is too much")

    judgement = judge(stage, a_check(body, {"number": st.integers(0, 1000)}), "default", 0)
    assert judgement.verdict is Verdict.FAIL
    assert judgement.message == "10 is too much"


def test_a_smaller_example_that_fails_only_after_others_is_not_reported(stage: Stage) -> None:
    attempts: list[int] = []

    def body(stage: Stage, number: int) -> None:
        # Fails by itself from 100 on; below that only once.
        attempts.append(number)
        if number >= 100 or (number >= 10 and attempts.count(number) == 1):
            raise NotKept(f"{number} is too much")

    judgement = judge(stage, a_check(body, {"number": st.integers(0, 1000)}), "default", 1)
    assert judgement.verdict is Verdict.FAIL
    assert int(judgement.message.split()[0]) >= 100


def test_steps_are_reduced_to_those_that_matter(stage: Stage) -> None:
    def body(stage: Stage, steps: Steps) -> None:
        total = stage.creator.call("builtins.sum", [step for step in steps if step % 7 == 3])
        if total > 5:
            raise NotKept(f"{total} is too much")

    drawn = {"steps": st.lists(st.integers(0, 20), min_size=30).map(Steps)}
    judgement = judge(stage, a_check(body, drawn), "default", 0)
    assert judgement.verdict is Verdict.FAIL
    assert judgement.evidence is not None
    assert judgement.evidence.example in ("steps=[10]", "steps=[17]", "steps=[3; 3]")
    assert judgement.evidence.recurred == REPETITIONS
    assert len(judgement.evidence.history) == 1


def test_examples_are_drawn_until_all_is_covered(stage: Stage) -> None:
    def body(stage: Stage, number: int) -> Counter[str]:
        return Counter(["a", str(number)])

    drawn = {"number": st.integers(0, 12)}
    enough = Check("area.name", body, drawn, covers=frozenset(map(str, range(13))))
    judgement = judge(stage, enough, "quick", 0)
    assert judgement.verdict is Verdict.PASS
    assert judgement.examples > PROFILES["quick"]
    assert judgement.covered["a"] == judgement.examples
    never = Check("area.name", body, drawn, covers=frozenset(["a", "b"]))
    judgement = judge(stage, never, "quick", 0)
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert judgement.message == "no example covered: b"


def test_what_is_left_behind_is_a_leak(stage: Stage) -> None:
    def body(stage: Stage) -> None:
        raise LeftBehind("a file is left")

    judgement = judge(stage, a_check(body, {}), "quick", 0)
    assert (judgement.verdict, judgement.message) == (Verdict.LEAK, "a file is left")
    assert judgement.evidence is not None
    # To see what is left takes as long as is waited for it to go.
    assert judgement.evidence.recurred == 1


def test_a_leak_seen_once_is_no_verdict(stage: Stage) -> None:
    seen: list[int] = []

    def body(stage: Stage) -> None:
        seen.append(1)
        if len(seen) == 1:
            raise LeftBehind("a file is left")

    assert judge(stage, a_check(body, {}), "quick", 0).verdict is Verdict.INCONCLUSIVE


def showing(*shown: str) -> Callable[[Stage], None]:
    """Return a check that dies, fails or passes in turn, as named; it goes on as it ends."""
    turns = iter(shown)
    last = shown[-1]

    def body(stage: Stage) -> None:
        turn = next(turns, last)
        if turn == "dies":
            stage.creator.call("os.abort")
        if turn == "fails":
            raise NotKept("wrong bytes")

    return body


@pytest.mark.parametrize(
    ("shown", "verdict", "recurred"),
    [
        (("dies", "fails"), Verdict.FAIL, 3),
        (("fails", "dies"), Verdict.CRASH, 3),
        (("dies", "fails", "dies"), Verdict.CRASH, 1),
        (("fails", "dies", "fails", "dies"), Verdict.FAIL, 1),
        (("dies", "fails", "passes"), Verdict.INCONCLUSIVE, 0),
        (("dies", "passes", "fails", "passes"), Verdict.INCONCLUSIVE, 0),
        (("dies", "fails", "passes", "fails", "passes"), Verdict.FAIL, 2),
    ],
)
def test_a_defect_with_two_verdicts_has_the_one_that_recurs(
    stage: Stage, shown: tuple[str, ...], verdict: Verdict, recurred: int
) -> None:
    judgement = judge(stage, a_check(showing(*shown), {}), "quick", 0)
    assert judgement.verdict is verdict
    assert judgement.evidence is not None
    assert judgement.evidence.recurred == recurred
    assert ("wrong bytes" in judgement.message) is (verdict is Verdict.FAIL)


def test_a_failure_that_needs_earlier_examples_is_confirmed_with_them(stage: Stage) -> None:
    counts: Counter[int] = Counter()

    def count(stage: Stage, number: int) -> None:
        counts[stage.creator.pid] += 1
        if counts[stage.creator.pid] == 3:
            raise NotKept("the third is wrong")

    drawn = {"number": st.integers()}
    judgement = judge(stage, a_check(count, drawn), "quick", 0)
    assert judgement.verdict is Verdict.FAIL
    assert judgement.message == (
        "the third is wrong (after the 2 examples before it, not by itself)"
    )
    assert judgement.evidence is not None
    assert (judgement.evidence.recurred, judgement.evidence.tries) == (REPETITIONS, REPETITIONS)


def test_evidence_has_no_values_of_environment_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_PASSWORD", "hunter2hunter2")
    stage = Stage(probe_liar("contamination.first_object_unblocks_signals").target("fork"))
    try:
        judgement = judge(
            stage, all_checks()["contamination.first-use-changes-no-process-settings"], "quick"
        )
    finally:
        stage.close()
    assert judgement.evidence is not None
    told = repr(judgement)
    assert "SOME_PASSWORD" in told
    assert "hunter2" not in told
