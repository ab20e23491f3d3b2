"""Parts of a run, and reports of several machines, as one report."""

import json
from pathlib import Path
from typing import Any

import pytest

from sharedctypes_conformance.api import merge
from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.verdicts.model import (
    Claim,
    Found,
    Origin,
    Report,
    ReportError,
    Result,
    Standing,
    Subject,
    Verdict,
)
from sharedctypes_conformance.verdicts.reading import read_report

from .running import STANDARD, report_in, tool
from .subjects import subject

ASKED = ("--backend", STANDARD, "--start-method", "fork", "--profile", "quick", "-n", "0")
CLAUSES = tuple(load_registry().clauses)[:6]


def report(one: Subject, *verdicts: Verdict, seed: int = 0, **more: object) -> Report:
    """Return a report with these verdicts of the first clauses of the contract."""
    results = tuple(
        Result(
            clause=clause,
            grade="MUST",
            backend=one.backend.module,
            interpreter=one.interpreter.executable,
            start_method="fork",
            verdict=verdict,
            standing=Standing.EXPECTED,
        )
        for clause, verdict in zip(CLAUSES, verdicts, strict=False)
    )
    made = Report(
        suite_version="1",
        started="2026-01-02",
        seconds=2.0,
        complete=True,
        profile="quick",
        seed=seed,
        subjects=(one,),
        results=results,
    )
    return made.model_copy(update=more)


def test_a_later_report_has_the_last_word() -> None:
    old = report(subject(), Verdict.FAIL, Verdict.PASS, problems=("one",), complete=False)
    new = report(subject(), Verdict.PASS, started="2026-01-01", problems=("one", "two"))
    merged = merge([old, new])
    assert [result.verdict for result in merged.results] == [Verdict.PASS, Verdict.PASS]
    assert (merged.seconds, merged.started, merged.complete) == (4.0, "2026-01-01", False)
    assert merged.problems == ("one", "two")
    assert merge([merged]) == merged


def test_an_interpreter_is_known_by_its_version_not_by_its_path() -> None:
    here = report(subject(path="/usr/bin/python3"), Verdict.PASS)
    elsewhere = report(subject(path="/opt/python3"), Verdict.FAIL)
    other = report(subject(version="3.12.1", path="/usr/bin/python3"), Verdict.HANG)
    merged = merge([here, elsewhere, other])
    assert len(merged.subjects) == 2
    assert len({one.interpreter.executable for one in merged.subjects}) == 2
    assert [result.verdict for result in merged.results] == [Verdict.FAIL, Verdict.HANG]


def test_two_releases_of_a_backend_stay_apart() -> None:
    one = subject(path="/py")
    newer = one.model_copy(update={"backend": one.backend.model_copy(update={"version": "2.0"})})
    merged = merge([report(one, Verdict.FAIL), report(newer, Verdict.PASS)])
    assert [each.backend.version for each in merged.subjects] == ["1.0", "2.0"]
    assert [result.verdict for result in merged.results] == [Verdict.FAIL, Verdict.PASS]


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ([], "no reports"),
        ([report(subject()), report(subject(), seed=1)], "the seed differs: 0, 1"),
        ([report(subject()), report(subject(), suite_version="2")], "version differs: 1, 2"),
        ([report(subject(), Verdict.PASS, subjects=())], "not among its subjects"),
    ],
)
def test_what_does_not_fit_together_is_refused(reports: list[Report], words: str) -> None:
    with pytest.raises(ReportError, match=words):
        merge(reports)


def test_an_unknown_clause_is_refused() -> None:
    one = report(subject(), Verdict.PASS)
    results = (one.results[0].model_copy(update={"clause": "area.unknown"}),)
    with pytest.raises(ReportError, match=r"area\.unknown"):
        merge([one.model_copy(update={"results": results})])


def test_shards_merge_to_what_one_run_finds(tmp_path: Path) -> None:
    asked = [*ASKED, "--area", "raw", "--area", "seed"]
    assert tool("run", *asked, cwd=tmp_path).returncode == 0
    whole = report_in(tmp_path)
    files = []
    for number in (1, 2, 3):
        folder = f"part-{number}"
        done = tool(
            *("run", *asked, "--shard", f"{number}/3", "--report-dir", folder), cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
        files.append(f"{folder}/report.json")
    counts = [len(read_report(tmp_path / file).results) for file in files]
    assert all(0 < count < len(whole["results"]) for count in counts)
    done = tool("report", "merge", *files, "--output", "merged.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    merged = json.loads((tmp_path / "merged.json").read_text())
    for each in (whole, merged):
        for result in each["results"]:
            for measured in ("seconds", "cpu_of_suite", "cpu_of_target"):
                result.pop(measured)
    assert merged["results"] == whole["results"]
    assert merged["complete"]


@pytest.mark.parametrize("shard", ["0/3", "4/3", "3", "a/b", "1/", "-1/3", "²/3"])
def test_shards_that_are_none_are_refused(tmp_path: Path, shard: str) -> None:
    done = tool("run", "--backend", STANDARD, "--shard", shard, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "conformance-report/report.json").exists()


def test_what_backends_lack_and_hand_on_is_kept() -> None:
    def found(one: Subject, is_lacking: bool) -> dict[str, Any]:
        place = {
            "backend": one.backend.module,
            "interpreter": one.interpreter.executable,
            "start_method": "fork",
        }
        lack = Found(capability="copy", is_lacking=is_lacking, declared="it says so", **place)
        return {
            "capabilities": (lack,),
            "origins": (Origin(what="copy", parent="other", child="", **place),),
        }

    one, other = subject(), subject("other.backend")
    parts = [
        report(one, Verdict.UNSUPPORTED, **found(one, True)),
        report(other, Verdict.PASS, **found(other, False)),
        report(one, Verdict.UNSUPPORTED, **found(one, True)),
    ]
    merged = merge(parts)
    assert [entry.claim for entry in merged.capabilities] == [Claim.CONFIRMED, Claim.UNDERSTATED]
    assert len(merged.origins) == 2
    assert merged.exit_status == 1
