"""The command line and the plugin, as users call them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .running import STANDARD, environment, report_in, tool

SUITE = "sharedctypes_conformance.checks"
ONE = ("--clause", "wrapper.refuses-a-wrapper", "-n", "0")


def test_a_run_judges_and_writes_a_report(tmp_path: Path) -> None:
    done = tool("run", "--backend", STANDARD, *ONE, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 cells judged" in done.stdout
    assert "3 pass" in done.stdout
    report = report_in(tmp_path)
    assert report["complete"]
    assert [result["start_method"] for result in report["results"]] == [
        "fork",
        "spawn",
        "forkserver",
    ]
    assert report["subjects"][0]["backend"]["module"] == STANDARD


def test_the_default_is_the_reference_and_the_standard_library(tmp_path: Path) -> None:
    done = tool("run", *ONE, "--start-method", "fork", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    judged = {result["backend"] for result in report_in(tmp_path)["results"]}
    assert judged == {"sharedctypes_reference", STANDARD}


def test_a_clause_that_does_not_hold_is_reported_with_evidence(tmp_path: Path) -> None:
    clause = "lock-argument.default-lock-guards-access"
    arguments = ("--backend", "liars.lock_argument.unlocked_getter", "--start-method", "fork")
    drawn = ("--profile", "quick", "--seed", "3")
    done = tool("run", *arguments, *drawn, "--clause", clause, "-n", "0", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    when_found, heading = (line for line in done.stdout.splitlines() if line.startswith("fail"))
    assert clause in when_found
    assert clause in heading
    [result] = report_in(tmp_path)["results"]
    assert (result["verdict"], result["standing"]) == ("fail", "unexpected")
    assert result["evidence"]["recurred"] > 0
    explained = tool("explain", clause, "--report", "conformance-report/report.json", cwd=tmp_path)
    assert explained.returncode == 0
    assert "to synchronize access to the value" in explained.stdout
    assert "history:" in explained.stdout
    assert f"--start-method fork --clause {clause} --profile quick --seed 3\n" in explained.stdout


def test_a_ledger_makes_a_known_deviation_green_and_a_gone_one_red(tmp_path: Path) -> None:
    clause = "lock-argument.default-lock-guards-access"
    ledger = tmp_path / "ledger.toml"
    ledger.write_text(f'[[deviation]]\nclause = "{clause}"\nreason = "we know"\n')
    rest = ("--clause", clause, "--start-method", "fork", "-n", "0", "--ledger", str(ledger))
    known = tool("run", "--backend", "liars.lock_argument.unlocked_getter", *rest, cwd=tmp_path)
    assert known.returncode == 0, known.stdout + known.stderr
    assert "1 fail, known" in known.stdout
    gone = tool("run", "--backend", "liars.honest.plain", *rest, cwd=tmp_path)
    assert gone.returncode == 1, gone.stdout + gone.stderr
    assert "gone" in gone.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--backend", "no.such.backend"), "cannot import the backend"),
        (("--backend", "json"), "it has none of RawValue"),
        (("--clause", "wrapper.refuses-wrapper"), "wrapper.refuses-a-wrapper"),
        (("--area", "seeds"), "seed"),
        (("--start-method", "thread"), "it has fork, spawn, forkserver"),
        (("--python", "/no/such/python"), "give the path of a Python"),
        (("--python", "/bin/false"), "exit status 1"),
        (("--ledger", "missing.toml"), "cannot read the ledger"),
        (("--report-dir", "/proc/nowhere"), "give another folder"),
        (("--profile", "fast"), "quick"),
        (("-n", "-1"), "-1"),
    ],
)
def test_bad_usage_is_one_sentence(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = tool("run", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("1 / 0", "raised ZeroDivisionError"),
        ("import no_such_module", "No module named 'no_such_module'"),
        ("import os; os.abort()", "died of SIGABRT"),
    ],
)
def test_a_backend_that_cannot_be_imported_is_bad_usage(
    source: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(source)
    done = tool("run", "--backend", "broken", cwd=tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["broken.py"]


def test_an_unknown_clause_is_not_explained(tmp_path: Path) -> None:
    done = tool("explain", "wrapper.refuses-wrapper", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "wrapper.refuses-a-wrapper" in done.stderr


def test_clauses_are_listed_as_a_table_and_as_data(tmp_path: Path) -> None:
    table = tool("clauses", "--area", "seed", cwd=tmp_path)
    data = json.loads(tool("clauses", "--format", "json", cwd=tmp_path).stdout)
    assert "seed.child-write-to-value-reaches-parent" in table.stdout
    assert len(data) > 60
    assert {"id", "grade", "says", "section", "quote"} <= set(data[0])


def test_the_contract_is_linted(tmp_path: Path) -> None:
    done = tool("lint", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no problems" in done.stdout
    (tmp_path / "page.rst").write_text("Nothing that is quoted.")
    done = tool("lint", "--documentation", "page.rst", cwd=tmp_path)
    assert done.returncode == 1
    assert "seed.child-write-to-value-reaches-parent quotes" in done.stdout
    done = tool("lint", "--documentation", str(tmp_path / "conformance-report"), cwd=tmp_path)
    assert done.returncode == 2


def test_the_means_by_which_a_clause_was_judged_is_shown(tmp_path: Path) -> None:
    clause = "wrapper.reads-happen-under-lock"
    arguments = (
        "--backend",
        "liars.lock_argument.takes_no_lock_but_its_own",
        "--start-method",
        "fork",
    )
    done = tool("run", *arguments, "--clause", clause, "-n", "0", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "judged by waiting, instead of spies" in done.stdout
    [result] = report_in(tmp_path)["results"]
    assert (result["means"], result["instead_of"]) == ("waiting", "spies")
    explained = tool("explain", clause, "--report", "conformance-report/report.json", cwd=tmp_path)
    assert "waiting, instead of spies" in explained.stdout


def test_what_is_only_recorded_is_shown(tmp_path: Path) -> None:
    done = tool(
        *("run", "--backend", STANDARD, "--clause", "module.signatures", "-n", "0"), cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Observed of multiprocessing.sharedctypes" in done.stdout
    assert "copy: (obj)" in done.stdout
    assert "3 observed" in done.stdout
    [first, *_] = report_in(tmp_path)["results"]
    assert (first["verdict"], first["observed"]["copy"]) == ("observed", "(obj)")
    report = "conformance-report/report.json"
    explained = tool("explain", "module.signatures", "--report", report, cwd=tmp_path)
    assert "copy: (obj)" in explained.stdout


def test_known_backends_are_listed(tmp_path: Path) -> None:
    done = tool("backends", cwd=tmp_path)
    assert done.returncode == 0
    for name in ("sharedctypes_reference", STANDARD, "multiprocess", "billiard"):
        assert name in done.stdout


def test_a_package_stands_for_its_sharedctypes(tmp_path: Path) -> None:
    done = tool("run", "--backend", "multiprocessing", *ONE, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert report_in(tmp_path)["results"][0]["backend"] == STANDARD


def test_a_backend_in_the_working_directory_is_found_by_all_that_is_run(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("from multiprocessing.sharedctypes import *")
    clauses = (
        "seed.example-prints-its-results",
        "fault.exits-cleanly-with-live-objects",
        "leak.exit-leaves-no-names",
    )
    chosen = [option for clause in clauses for option in ("--clause", clause)]
    done = tool("run", "--backend", "mine", "--start-method", "spawn", *chosen, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [result["verdict"] for result in report_in(tmp_path)["results"]] == ["pass"] * 3


def test_another_interpreter_is_judged_from_outside(tmp_path: Path, other_python: str) -> None:
    backends = ("--backend", STANDARD)
    done = tool("run", *backends, "--python", other_python, *ONE, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert report_in(tmp_path)["subjects"][0]["interpreter"]["python"] != sys.version.split()[0]


def test_verdicts_are_the_same_with_workers_and_in_any_order(tmp_path: Path) -> None:
    def verdicts(*how: str) -> list[tuple[str, str, str, str]]:
        arguments = ("--backend", STANDARD, "--area", "seed", "--profile", "quick")
        done = tool("run", *arguments, *how, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        return [
            (result["clause"], result["start_method"], result["verdict"], result["examples"])
            for result in report_in(tmp_path)["results"]
        ]

    assert verdicts("-n", "0") == verdicts("-n", "2")


def suite_by_pytest(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--pyargs", SUITE, *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_the_checks_run_under_pytest(tmp_path: Path, workers: tuple[str, ...]) -> None:
    arguments = (
        "--backend",
        "liars.module.lacks_copy",
        "--area",
        "module",
        "--start-method",
        "fork",
    )
    done = suite_by_pytest(*arguments, *workers, cwd=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "has no 'copy'" in done.stdout
    assert "1 failed" in done.stdout


def test_checks_are_marked_by_clause_area_and_grade(tmp_path: Path) -> None:
    marked = 'area(name="module") and grade(name="MUST")'
    done = suite_by_pytest("--backend", STANDARD, "--co", "-q", "-m", marked, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_has_all_six_functions" in done.stdout
    assert "test_get_obj" not in done.stdout


def test_bad_usage_of_pytest_is_refused_before_anything_is_collected(tmp_path: Path) -> None:
    done = suite_by_pytest("--backend", "no.such.backend", cwd=tmp_path)
    assert done.returncode == 4
    assert "cannot import the backend" in done.stderr
    assert "collected" not in done.stdout
