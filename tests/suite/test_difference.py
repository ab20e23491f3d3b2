"""The difference of two reports: what is fixed, broken, new and gone, and its exit status."""

import json
from pathlib import Path

import pytest

from sharedctypes_conformance.api import compare
from sharedctypes_conformance.verdicts.difference import Change
from sharedctypes_conformance.verdicts.model import (
    Report,
    ReportError,
    Result,
    Standing,
    Subject,
    Verdict,
)

from .running import tool
from .subjects import subject


def report(*subjects: Subject, **verdicts: Verdict) -> Report:
    """Return a report of all subjects with these verdicts of clauses of one area."""
    results = [
        Result(
            clause=f"area.{name}",
            grade="MUST",
            backend="some.backend",
            interpreter=one.interpreter.executable,
            start_method="fork",
            verdict=verdict,
            standing=Standing.UNEXPECTED if verdict.is_finding else Standing.EXPECTED,
        )
        for one in subjects
        for name, verdict in verdicts.items()
    ]
    return Report(
        suite_version="0",
        started="now",
        seconds=1.0,
        complete=True,
        profile="quick",
        seed=0,
        subjects=subjects,
        results=tuple(results),
    )


@pytest.mark.parametrize(
    ("old", "new", "change", "status"),
    [
        (Verdict.PASS, Verdict.PASS, None, 0),
        (Verdict.FAIL, Verdict.FAIL, None, 0),
        (Verdict.PASS, Verdict.FAIL, Change.BROKEN, 1),
        (Verdict.INCONCLUSIVE, Verdict.HANG, Change.FOUND, 1),
        (Verdict.UNSUPPORTED, Verdict.FAIL, Change.FOUND, 1),
        (Verdict.FAIL, Verdict.CRASH, Change.CHANGED, 1),
        (Verdict.FAIL, Verdict.PASS, Change.FIXED, 0),
        (Verdict.PASS, Verdict.INCONCLUSIVE, Change.UNJUDGED, 3),
        (Verdict.INCONCLUSIVE, Verdict.PASS, Change.JUDGED, 0),
        (None, Verdict.PASS, Change.NEW, 0),
        (None, Verdict.LEAK, Change.NEW, 1),
        (Verdict.FAIL, None, Change.GONE, 0),
    ],
)
def test_a_cell_differs_in_one_way(
    old: Verdict | None, new: Verdict | None, change: Change | None, status: int
) -> None:
    reports = [
        report(subject(), same=Verdict.PASS, **({"other": verdict} if verdict else {}))
        for verdict in (old, new)
    ]
    comparison = compare(*reports)
    assert [one.change for one in comparison.differences] == ([change] if change else [])
    assert comparison.same == (1 if change else 2)
    assert comparison.exit_status == status


def test_paths_and_patch_versions_of_interpreters_do_not_matter() -> None:
    old = report(subject(path="/here/python"), one=Verdict.PASS)
    new = report(subject(path="/there/python", version="3.11.9"), one=Verdict.FAIL)
    (difference,) = compare(old, new).differences
    assert (difference.change, difference.interpreter) == (Change.BROKEN, "cpython 3.11")


def test_what_cannot_be_compared_is_refused() -> None:
    both = report(subject(path="/here"), subject(path="/there"), one=Verdict.PASS)
    with pytest.raises(ReportError, match=r"two interpreters that are cpython 3\.11"):
        compare(both, both)
    with pytest.raises(ReportError, match="no cell in common"):
        compare(report(subject(), one=Verdict.PASS), report(subject(), two=Verdict.PASS))


def test_the_command_shows_it_and_has_its_exit_status(tmp_path: Path) -> None:
    for name, verdict in (("old", Verdict.PASS), ("new", Verdict.FAIL)):
        (tmp_path / name).mkdir()
        report(subject(), one=verdict, two=Verdict.PASS).write(tmp_path / name)
    files = ("old/report.json", "new/report.json")
    done = tool("report", "diff", *files, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "broken   area.one   fork    pass   fail" in done.stdout
    assert "1 broken, 0 found, 0 changed" in done.stdout
    assert "1 the same." in done.stdout
    done = tool("report", "diff", *files, "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["differences"][0]["change"] == "broken"
    done = tool("report", "diff", "old/report.json", "none.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot read the report 'none.json'" in done.stderr
