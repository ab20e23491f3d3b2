"""The command line and the plugin, as users call them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

TESTS = Path(__file__).parent.parent
SUITE = "sharedctypes_conformance.suite"
STANDARD = "multiprocessing.sharedctypes"
NAMED_FIRST = "liars.honest_named_first"
INTERRUPTED_MAKINGS = "interrupted-makings-spoil-nothing"
ONE = ("--clause", "seed.get-obj-returns-the-wrapped-object", "-n", "0")


def environment(**more: str) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return {**inherited, "PYTHONPATH": str(TESTS), **more}


def tool(*arguments: str, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "sharedctypes_conformance", *arguments],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=300,
    )


def report_in(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "conformance-report/report.json").read_text())
    return report


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


def test_a_clause_that_is_not_kept_is_told_with_evidence(tmp_path: Path) -> None:
    clause = "seed.accesses-exclude-each-other"
    arguments = ("--backend", "liars.unlocked_getter", "--start-method", "fork")
    drawn = ("--profile", "quick", "--seed", "3")
    done = tool("run", *arguments, *drawn, "--clause", clause, "-n", "0", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.startswith("fail")]
    assert clause in line
    [result] = report_in(tmp_path)["results"]
    assert (result["verdict"], result["standing"]) == ("fail", "unexpected")
    assert result["evidence"]["recurred"] > 0
    explained = tool("explain", clause, "--report", "conformance-report/report.json", cwd=tmp_path)
    assert explained.returncode == 0
    assert "process-safe wrapper" in explained.stdout
    assert "history:" in explained.stdout
    assert f"--start-method fork --clause {clause} --profile quick --seed 3\n" in explained.stdout


def test_a_ledger_makes_a_known_deviation_green_and_a_gone_one_red(tmp_path: Path) -> None:
    clause = "seed.accesses-exclude-each-other"
    ledger = tmp_path / "ledger.toml"
    ledger.write_text(f'[[deviation]]\nclause = "{clause}"\nreason = "we know"\n')
    rest = ("--clause", clause, "--start-method", "fork", "-n", "0", "--ledger", str(ledger))
    known = tool("run", "--backend", "liars.unlocked_getter", *rest, cwd=tmp_path)
    assert known.returncode == 0, known.stdout + known.stderr
    assert "1 fail, known" in known.stdout
    gone = tool("run", "--backend", "liars.honest", *rest, cwd=tmp_path)
    assert gone.returncode == 1, gone.stdout + gone.stderr
    assert "gone" in gone.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--backend", "no.such.backend"), "cannot import the backend"),
        (("--backend", "json"), "it has none of RawValue"),
        (("--clause", "seed.get-lock"), "seed.get-lock-returns-the-lock"),
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
        ("1 / 0", "raised builtins.ZeroDivisionError"),
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
    done = tool("explain", "seed.get-lock", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "seed.get-lock-returns-the-lock" in done.stderr


def test_clauses_are_listed_as_a_table_and_as_data(tmp_path: Path) -> None:
    table = tool("clauses", "--area", "seed", cwd=tmp_path)
    data = json.loads(tool("clauses", "--format", "json", cwd=tmp_path).stdout)
    assert "seed.get-obj-returns-the-wrapped-object" in table.stdout
    assert len(data) > 60
    assert {"id", "grade", "says", "section", "quote"} <= set(data[0])


def test_the_contract_is_linted(tmp_path: Path) -> None:
    done = tool("lint", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no problems" in done.stdout
    (tmp_path / "page.rst").write_text("Nothing that is quoted.")
    done = tool("lint", "--documentation", "page.rst", cwd=tmp_path)
    assert done.returncode == 1
    assert "seed.get-lock-returns-the-lock quotes" in done.stdout
    done = tool("lint", "--documentation", str(tmp_path / "conformance-report"), cwd=tmp_path)
    assert done.returncode == 2


def test_the_means_by_which_a_clause_was_judged_is_told(tmp_path: Path) -> None:
    clause = "wrapper.reads-happen-under-the-lock"
    arguments = ("--backend", "liars.takes_no_lock_but_its_own", "--start-method", "fork")
    done = tool("run", *arguments, "--clause", clause, "-n", "0", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "judged by waiting, instead of spies" in done.stdout
    [result] = report_in(tmp_path)["results"]
    assert (result["means"], result["instead_of"]) == ("waiting", "spies")
    explained = tool("explain", clause, "--report", "conformance-report/report.json", cwd=tmp_path)
    assert "judged by waiting, instead of spies" in explained.stdout


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


def signalled(
    number: signal.Signals,
    backend: str,
    workers: str,
    folder: Path,
    *options: str,
    wait: Callable[[str], None] = lambda mark: wait_for_actors(mark, 1),
) -> tuple[int, str]:
    """Send a signal to a run and all its workers; return its exit status and what it printed.

    The signal is sent when `wait`, which is told what marks the run, returns. Fails if processes,
    names of shared memory or files other than the report are left behind.
    """
    mark = f"{folder}"
    arguments = ["--backend", backend, "-n", workers, "--profile", "thorough", *options]
    with subprocess.Popen(
        [sys.executable, "-m", "sharedctypes_conformance", "run", *arguments],
        cwd=folder,
        env=environment(SHAREDCTYPES_TEST_MARK=mark, TMPDIR=str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Jobs in the background of a shell, as CI may be one, hand on that SIGINT is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        try:
            wait(mark)
            os.killpg(process.pid, number)
            printed, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    # A worker that was killed leaves the rest to its keeper, which comes a moment later.
    wait_until_empty(lambda: marked(mark))
    wait_until_empty(lambda: [p for p in folder.rglob("*") if "conformance-report" not in p.parts])
    wait_until_empty(lambda: names_with(mark))
    return process.returncode, printed


HANGING_AND_NOT = pytest.mark.parametrize("backend", ["liars.sleeps_in_acquire", STANDARD])
ALONE_AND_NOT = pytest.mark.parametrize("workers", ["0", "2"])


@ALONE_AND_NOT
@HANGING_AND_NOT
def test_an_interrupted_run_reports_what_it_has_and_leaves_nothing(
    tmp_path: Path, workers: str, backend: str
) -> None:
    status, printed = signalled(signal.SIGINT, backend, workers, tmp_path)
    assert status == 130, printed
    assert "incomplete" in printed
    assert not report_in(tmp_path)["complete"]


@ALONE_AND_NOT
def test_a_killed_run_leaves_nothing(tmp_path: Path, workers: str) -> None:
    status, _ = signalled(signal.SIGKILL, "liars.sleeps_in_acquire", workers, tmp_path)
    assert status == -signal.SIGKILL


@pytest.mark.parametrize("area", ["sharing", "lifetime", "contamination", "fault", "leak"])
def test_a_run_killed_among_faults_leaves_nothing(tmp_path: Path, area: str) -> None:
    options = ("--area", area, "--start-method", "forkserver")
    # Later than at the first: by then something has been killed, filled up or left behind.
    wait = partial(wait_for_actors, count=2)
    status, _ = signalled(signal.SIGKILL, STANDARD, "0", tmp_path, *options, wait=wait)
    assert status == -signal.SIGKILL


@pytest.mark.parametrize("clause", ["killed-while-making-blocks-nobody", INTERRUPTED_MAKINGS])
def test_a_run_of_killed_and_interrupted_makings_leaves_no_names(
    tmp_path: Path, clause: str
) -> None:
    mark = f"{tmp_path}"
    judged = ("--backend", NAMED_FIRST, "--clause", f"fault.{clause}", "--start-method", "fork")
    options = (*judged, "-n", "0")
    done = tool("run", *options, cwd=tmp_path, SHAREDCTYPES_TEST_MARK=mark)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert report_in(tmp_path)["results"]
    assert not names_with(mark)


def test_a_run_killed_in_the_middle_of_makings_leaves_no_names(tmp_path: Path) -> None:
    clause = ("--clause", f"fault.{INTERRUPTED_MAKINGS}")
    status, _ = signalled(signal.SIGKILL, NAMED_FIRST, "0", tmp_path, *clause, wait=wait_for_names)
    assert status == -signal.SIGKILL


def wait_for_names(mark: str) -> None:
    """Return as soon as several names are there: all but one belong to interrupted makings."""
    until = time.monotonic() + 60
    while len(names_with(mark)) < 3:
        assert time.monotonic() < until, "no making was interrupted"
        time.sleep(0.01)


def names_with(mark: str) -> list[str]:
    """Return the names of shared memory that were made with a mark."""
    return [name for name in os.listdir("/dev/shm") if mark.replace("/", "-") in name]


def wait_until_empty(left: Callable[[], list[Any]]) -> None:
    """Return as soon as nothing is left; fails with what is after a generous bound."""
    until = time.monotonic() + 20
    while left():
        assert time.monotonic() < until, left()
        time.sleep(0.02)


def marked(mark: str) -> list[psutil.Process]:
    """Return the live processes whose environment carries a mark."""
    found = []
    for process in psutil.process_iter():
        try:
            carries = process.environ().get("SHAREDCTYPES_TEST_MARK") == mark
            if carries and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def is_creator(process: psutil.Process) -> bool:
    """Return whether a process is the creator of a stage; one that has just ended is not.

    It leads its session. What it starts does not, and looks like it until it has become itself.
    """
    try:
        leads = os.getsid(process.pid) == process.pid
        return leads and "sharedctypes_actors" in process.cmdline()
    except (psutil.Error, ProcessLookupError):
        return False


def wait_for_actors(mark: str, count: int) -> None:
    """Return as soon as a run had `count` creators besides the one that looked its backend up."""
    until = time.monotonic() + 60
    seen: set[int] = set()
    while time.monotonic() < until:
        seen |= {process.pid for process in marked(mark) if is_creator(process)}
        if len(seen) > count:
            return
        time.sleep(0.01)
    raise AssertionError("no actor was started")


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
    arguments = ("--backend", "liars.lacks_copy", "--area", "module", "--start-method", "fork")
    done = suite_by_pytest(*arguments, *workers, cwd=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "has no 'copy'" in done.stdout
    assert "1 failed" in done.stdout


def test_checks_are_marked_by_clause_area_and_grade(tmp_path: Path) -> None:
    marked = 'area(name="module") and grade(name="MUST")'
    done = suite_by_pytest("--backend", STANDARD, "--co", "-q", "-m", marked, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_has_the_six_names" in done.stdout
    assert "test_get_obj" not in done.stdout


def test_bad_usage_of_pytest_is_refused_before_anything_is_collected(tmp_path: Path) -> None:
    done = suite_by_pytest("--backend", "no.such.backend", cwd=tmp_path)
    assert done.returncode == 4
    assert "cannot import the backend" in done.stderr
    assert "collected" not in done.stdout
