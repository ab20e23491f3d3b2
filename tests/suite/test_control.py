"""The control: findings compared with what the standard library does in the same cell."""

from pathlib import Path

import pytest

from sharedctypes_conformance.verdicts.control import WORDS, with_control
from sharedctypes_conformance.verdicts.model import Control, Result, Standing, Verdict

from .running import report_in, tool

STANDARD = "multiprocessing.sharedctypes"


def result(
    verdict: Verdict,
    backend: str = "some.backend",
    standing: Standing = Standing.UNEXPECTED,
    method: str = "fork",
) -> Result:
    return Result(
        clause="area.name",
        grade="MUST",
        backend=backend,
        interpreter="/python",
        start_method=method,
        verdict=verdict,
        standing=standing,
    )


@pytest.mark.parametrize(
    ("control", "standing", "case"),
    [
        (Verdict.PASS, Standing.EXPECTED, Control.DIVERGES),
        (Verdict.FAIL, Standing.KNOWN, Control.SHARED),
        (Verdict.CRASH, Standing.KNOWN, Control.SHARED),
        (Verdict.LEAK, Standing.KNOWN, Control.SHARED),
        (Verdict.FAIL, Standing.UNEXPECTED, Control.IN_DOUBT),
        (Verdict.INCONCLUSIVE, Standing.EXPECTED, None),
        (Verdict.ERROR, Standing.UNEXPECTED, None),
    ],
)
def test_a_finding_is_compared_with_the_control(
    control: Verdict, standing: Standing, case: Control | None
) -> None:
    finding, kept = result(Verdict.FAIL), result(Verdict.PASS)
    of_control = result(control, STANDARD, standing)
    compared = with_control([finding, of_control], STANDARD)
    assert [one.control for one in compared] == [case, None]
    assert with_control([kept, of_control], STANDARD)[0].control is None


def test_only_the_same_cell_counts() -> None:
    elsewhere = result(Verdict.PASS, STANDARD, Standing.EXPECTED, method="spawn")
    assert with_control([result(Verdict.FAIL), elsewhere], STANDARD)[0].control is None


def test_each_case_has_words() -> None:
    assert set(WORDS) == set(Control)


def test_a_run_with_the_control_says_who_diverges(tmp_path: Path) -> None:
    clauses = (
        "wrapper.synchronized-wraps-every-kind",
        "wrapper.inherited-fields-match-object",
    )
    done = tool(
        "run",
        "--control",
        *(
            "--backend",
            "liars.wrapper.wraps_a_copy",
            "--backend",
            "liars.wrapper.inherited_fields_are_missing",
        ),
        *("--start-method", "fork", "-n", "0"),
        *(word for clause in clauses for word in ("--clause", clause)),
        cwd=tmp_path,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    report = report_in(tmp_path)
    cases = {(one["backend"], one["clause"]): one["control"] for one in report["results"]}
    assert cases["liars.wrapper.wraps_a_copy", clauses[0]] == "diverges"
    assert cases["liars.wrapper.inherited_fields_are_missing", clauses[1]] == "shared"
    assert cases[STANDARD, clauses[1]] is None
    assert [one["backend"]["module"] for one in report["controls"]] == [STANDARD]
    assert "the backend diverges" in done.stdout
    assert "4 cells judged" in done.stdout


def test_failures_of_the_control_alone_do_not_count(tmp_path: Path) -> None:
    # Without its shipped ledger the finding would be unexpected; here it is known, and not asked.
    done = tool(
        "run",
        *("--control", "--backend", "liars.honest.plain", "--start-method", "fork", "-n", "0"),
        *("--clause", "wrapper.inherited-fields-match-object"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 pass" in done.stdout
