"""The selftest: what it judges, what it counts, and what it calls a failure of the suite."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from sharedctypes_conformance.contract import PLACES
from sharedctypes_conformance.gallery import Liar
from sharedctypes_conformance.selftest import run, workers
from sharedctypes_conformance.selftest.page import page
from sharedctypes_conformance.selftest.record import Machine, Selftest, is_caught
from sharedctypes_conformance.selftest.trials import Outcome, Trial, hold
from sharedctypes_conformance.selftest.workers import WorkerError
from sharedctypes_conformance.verdicts.model import Verdict

from .running import tool

LIAR = Liar("raw.lie", {"raw.one": "fail", "raw.two": "crash"})
NOT_ZEROED = "raw.values_without_arguments_are_not_zeroed"
NEEDY = Liar("raw.needy", {"raw.one": "fail"}, ("fork",), "root")
MACHINE = Machine(
    name="honest.machine",
    breaks={"fork": frozenset({"raw.broken"}), "spawn": frozenset()},
    unjudged=frozenset({"raw.absent"}),
)


def outcome(
    clause: str, verdict: str, backend: str = "raw.lie", method: str = "fork", seconds: float = 1.0
) -> Outcome:
    return Outcome(
        backend=backend,
        start_method=method,
        profile="quick",
        seed=0,
        clause=clause,
        verdict=Verdict(verdict),
        message="it differs",
        seconds=seconds,
    )


def selftest(*outcomes: Outcome) -> Selftest:
    return Selftest(
        suite_version="1",
        interpreter="CPython 3",
        cores=2,
        workers=4,
        started="now",
        seconds=5,
        liars=(LIAR, NEEDY),
        machines=(MACHINE,),
        outcomes=outcomes,
    )


CAUGHT = (outcome("raw.one", "fail", seconds=3.0), outcome("raw.two", "crash"))


def test_a_liar_is_caught_by_each_of_its_clauses_with_its_verdict() -> None:
    (caught,) = selftest(*CAUGHT).detections
    assert (caught.liars, caught.caught, caught.survivors) == (1, 1, ())
    assert (caught.median, caught.seconds) == (1.0, 4.0)
    for verdict in ("pass", "fail", "inconclusive", "error"):
        made = selftest(CAUGHT[0], outcome("raw.two", verdict))
        (missed,) = made.detections
        assert missed.survivors == ("raw.lie",)
        assert not made.passes
        assert "not caught by quick: `raw.lie`" in page(made)


def test_a_liar_that_cannot_be_judged_here_is_not_counted() -> None:
    made = selftest(*CAUGHT, outcome("raw.one", "inconclusive", "raw.needy"))
    (found,) = made.detections
    assert (found.liars, found.lacking, found.caught) == (2, 1, 1)
    assert made.passes
    assert made.inapplicable == []
    assert selftest(*CAUGHT).inapplicable == ["raw.needy"]
    assert "do not apply to this Python: `raw.needy`" in page(selftest(*CAUGHT))
    assert not selftest(*CAUGHT, outcome("raw.one", "pass", "raw.needy")).passes


@pytest.mark.parametrize(
    ("clause", "verdict", "method", "deserved"),
    [
        ("raw.one", "pass", "fork", True),
        ("raw.one", "fail", "fork", False),
        ("raw.one", "hang", "fork", False),
        ("raw.one", "inconclusive", "fork", False),
        ("raw.broken", "fail", "fork", True),
        ("raw.broken", "error", "fork", False),
        ("raw.broken", "fail", "spawn", False),
        ("raw.absent", "inconclusive", "spawn", True),
        ("raw.absent", "fail", "spawn", False),
    ],
)
def test_what_a_correct_backend_is_accused_of(
    clause: str, verdict: str, method: str, deserved: bool
) -> None:
    made = selftest(outcome(clause, verdict, "honest.machine", method))
    (found,) = made.accusations
    assert found.verdicts == 1
    assert made.passes is deserved
    assert (f"{verdict} of `{clause}`" in page(made)) is not deserved


def test_the_page_says_which_clause_caught_what_under_which_start_method() -> None:
    text = page(selftest(*CAUGHT, outcome("raw.two", "pass", method="spawn")))
    assert "| `raw.two` | `raw.lie` | fork (quick) | spawn (quick) |" in text


def test_a_trial_judges_the_clauses_that_apply() -> None:
    clauses = ("raw.values-are-zeroed", "types.complex-types-hold-complex-numbers")
    outcomes = hold(Trial(NOT_ZEROED, "fork", "quick", 0, clauses), PLACES.liars)
    assert outcomes[0].clause == clauses[0]
    assert outcomes[0].verdict is Verdict.FAIL


def test_the_command_writes_a_record(tmp_path: Path) -> None:
    done = tool("selftest", NOT_ZEROED, "-n", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    made = Selftest.model_validate_json((tmp_path / "selftest-report/selftest.json").read_text())
    assert [one.caught for one in made.detections] == [1]
    assert page(made) == (tmp_path / "selftest-report" / "selftest.md").read_text()


def test_an_unknown_backend_is_refused(tmp_path: Path) -> None:
    done = tool("selftest", "raw.none", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no backend 'raw.none'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_correct_backends_get_enough_verdicts() -> None:
    for verdicts in (1, 500, 2000):
        trials = list(run._of_machines([MACHINE, MACHINE], verdicts))
        assert sum(len(trial.clauses) for trial in trials) >= 2 * verdicts
        assert {trial.start_method for trial in trials} == {"fork", "spawn"}
        assert len(set(trials)) == len(trials) or verdicts > 1


def test_the_next_profile_judges_what_was_missed() -> None:
    assert is_caught(LIAR, CAUGHT, "quick")
    assert not is_caught(LIAR, CAUGHT, "default")
    assert not is_caught(LIAR, (CAUGHT[0], outcome("raw.two", "pass")), "quick")
    assert is_caught(NEEDY, [outcome("raw.one", "inconclusive", "raw.needy")], "quick")


def test_a_worker_that_ends_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_TRIAL", Mock(dump_json=lambda _: b"not a trial"))
    trial = Trial(NOT_ZEROED, "fork", "quick", 0, ("raw.values-are-zeroed",))
    with pytest.raises(WorkerError, match=f"while it judged {NOT_ZEROED}"):
        workers.hold_all([trial] * 3, PLACES.liars, 2, lambda _: None)
