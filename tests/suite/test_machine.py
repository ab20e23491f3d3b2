"""What surrounds a run changes no verdict: folders, variables, signals, limits, who reads it."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sharedctypes_conformance.stage.machine import NEEDED

from .judging import stage_for
from .running import environment, report_in, tool

SEED = "seed.example-prints-its-results"
POOL = "sharing.pool-initargs-are-shared"
STDERR = "leak.exit-writes-nothing-to-stderr"
MAIN = "sharing.main-module-types-are-shared"
REFERENCE = ("--backend", "sharedctypes_reference", "--profile", "quick", "-n", "1")


def judge(method: str, *clauses: str) -> list[str]:
    """Return the arguments that judge clauses of the reference implementation."""
    options = [word for clause in clauses for word in ("--clause", clause)]
    return ["run", *REFERENCE, "--start-method", method, *options]


def run_after(setup: str, arguments: list[str], cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run the tool in a process that has run some code before."""
    code = f"import os, resource, signal, sys; {setup}; os.execv(sys.executable, sys.argv[1:])"
    command = [sys.executable, "-m", "sharedctypes_conformance", *arguments]
    return subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("length", [50, 75, 120])
def test_a_long_path_of_the_temporary_folder(length: int, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="x" * (length - 13), dir="/tmp") as folder:
        done = tool(*judge("forkserver", SEED, MAIN), cwd=tmp_path, TMPDIR=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 pass" in done.stdout


def test_modules_in_the_working_directory_hide_none_of_the_standard_library(
    tmp_path: Path,
) -> None:
    for name in ("queue", "decimal", "random"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('this is not it')")
    # The tool itself is run with `-m`, for which Python looks there.
    for method in ("spawn", "forkserver"):
        done = tool(*judge(method, POOL), cwd=tmp_path, PYTHONSAFEPATH="1")
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_backend_in_the_working_directory_is_found_with_what_is_beside_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.py").write_text("from beside import *")
    (tmp_path / "beside.py").write_text("from multiprocessing.sharedctypes import *")
    arguments = [*judge("spawn", MAIN, "raw.values-are-zeroed"), "--backend", "mine"]
    done = tool(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 pass" in done.stdout


@pytest.mark.parametrize(
    "name", ["PYTHONPROFILEIMPORTTIME", "PYTHONVERBOSE", "PYTHONMALLOCSTATS", "PYTHONDEVMODE"]
)
def test_variables_that_make_python_print(name: str, tmp_path: Path) -> None:
    done = tool(*judge("spawn", STDERR, MAIN), cwd=tmp_path, **{name: "1"})
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "setup",
    [
        "[signal.signal(n, signal.SIG_IGN) for n in signal.valid_signals() - {9, 19}]",
        "signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())",
        "os.umask(0o777)",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    ],
)
def test_what_a_process_inherits(setup: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    signals = "fault.killed-holder-blocks-nobody-forever"
    done = run_after(setup, judge("spawn", POOL, STDERR, signals), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 pass" in done.stdout


def test_too_little_room_for_shared_memory_is_said_before_anything_is_judged(
    tmp_path: Path,
) -> None:
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    done = run_after(limit, judge("spawn", POOL), tmp_path)
    assert done.returncode == 2
    assert "nothing can be judged on this machine: files are limited to" in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# How a command ends whose output nobody gets.
NOBODY = [("| true", "0"), (">/dev/full", "2"), (">&-", "0")]


def ended_with(command: str, reader: str, cwd: Path) -> tuple[str, str]:
    """Return the exit status of a command whose output goes elsewhere, and its stderr."""
    whole = f"{sys.executable} -m sharedctypes_conformance {command}"
    script = f"{{ {whole}; echo $? >status; }} {reader}"
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    return (cwd / "status").read_text().strip(), done.stderr


@pytest.mark.parametrize(("reader", "status"), NOBODY)
def test_output_that_nobody_gets_loses_no_report(reader: str, status: str, tmp_path: Path) -> None:
    ended, stderr = ended_with(" ".join(judge("fork", SEED)), reader, tmp_path)
    assert ended == status, stderr
    assert ("cannot print" in stderr) == (status == "2")
    assert len(report_in(tmp_path)["results"]) == 1


@pytest.mark.parametrize(("reader", "status"), NOBODY)
def test_what_is_printed_during_a_run_may_be_lost(reader: str, status: str, tmp_path: Path) -> None:
    """A finding is printed when it is found, and how far it is from time to time."""
    liar = "--backend liars.raw.values_without_arguments_are_not_zeroed -n 1 --profile quick"
    clause = "--clause raw.values-are-zeroed --start-method fork"
    ended, stderr = ended_with(f"run {liar} {clause}", reader, tmp_path)
    assert ended == "1", stderr
    assert [result["verdict"] for result in report_in(tmp_path)["results"]] == ["fail"]


@pytest.mark.parametrize(("reader", "status"), NOBODY)
@pytest.mark.parametrize(
    "command", ["clauses", "explain raw.values-are-zeroed", "backends", "report schema"]
)
def test_a_command_whose_output_nobody_gets(
    command: str, reader: str, status: str, tmp_path: Path
) -> None:
    ended, stderr = ended_with(command, reader, tmp_path)
    assert ended == status, stderr
    said = "sharedctypes-conformance: cannot print: No space left on device\n"
    assert stderr == (said if status == "2" else "")


def test_a_closed_stderr(tmp_path: Path) -> None:
    done = run_after("os.close(2)", judge("fork", SEED), tmp_path)
    assert done.returncode == 0, done.stdout


def test_an_interpreter_that_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "python"
    code = (
        "import runpy, sys; sys.version_info = (3, 7, 0); sys.argv[:2] = sys.argv[1:2]; "
        "runpy.run_module('sharedctypes_actors', run_name='__main__')"
    )
    old.write_text(f'#!/bin/sh\nshift\nexec {sys.executable} -c "{code}" "$@"\n')
    old.chmod(0o755)
    done = tool(*judge("fork", SEED), "--python", str(old), cwd=tmp_path)
    assert done.returncode == 2, done.stdout
    assert "it is Python 3.7; 3.8 and later can be judged" in done.stderr
    assert os.listdir(tmp_path) == ["python"]


def test_a_working_directory_that_has_been_removed(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = run_after(f"os.rmdir({str(gone)!r})", judge("fork", SEED), gone)
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "sharedctypes-conformance: the working directory has been removed"
    )


def test_an_absurd_file_is_refused_before_memory_is_full() -> None:
    # What a helper process of a backend would inherit, of which no check limits the files.
    stage = stage_for("honest.plain", "fork")
    try:
        soft, _ = stage.creator.call("resource.getrlimit", resource.RLIMIT_FSIZE)
    finally:
        stage.close()
    assert NEEDED < soft < 2**58
