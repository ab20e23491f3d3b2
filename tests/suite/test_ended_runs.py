"""Runs that are interrupted or killed, and those that end: they leave nothing behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from .running import STANDARD, environment, report_in, tool

NAMED_FIRST = "liars.honest.named_first"
INTERRUPTED_CONSTRUCTIONS = "interrupted-construction-corrupts-nothing"


def signalled(
    number: signal.Signals,
    backend: str,
    workers: str,
    folder: Path,
    *options: str,
    when: Callable[[str], bool] | None = None,
    times: int = 1,
) -> tuple[int, str]:
    """Send a signal to a run and all its workers; return its exit status and what it printed.

    It is sent so many `times`, with a moment in between.

    The signal is sent once `when`, which is told what marks the run, is true; without it, once an
    actor was started. Fails if the run ends before, or if processes, names of shared memory or
    files other than the report are left behind.
    """
    mark = f"{folder}"
    when = when or actors_have_been(1)
    arguments = ["--backend", backend, "-n", workers, "--profile", "thorough", *options]
    # Short, or the suite would take another one.
    temporary = Path(tempfile.mkdtemp(dir="/tmp"))
    with subprocess.Popen(
        [sys.executable, "-m", "sharedctypes_conformance", "run", *arguments],
        cwd=folder,
        env=environment(SHAREDCTYPES_TEST_MARK=mark, TMPDIR=str(temporary)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Jobs in the background of a shell, as CI may be one, hand on that SIGINT is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        try:
            while not when(mark):
                assert process.poll() is None, "the run ended before the signal was sent"
                time.sleep(0.01)  # what is waited for is done by processes that are not ours
            for turn in range(times):
                time.sleep(0.3 * turn)  # an impatient user: nothing has to have happened meanwhile
                os.killpg(process.pid, number)
            printed, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    # A worker that was killed leaves the rest to its keeper, which comes a moment later.
    wait_until_empty(lambda: marked(mark))
    wait_until_empty(lambda: files_in(folder) + files_in(temporary))
    shutil.rmtree(temporary)
    wait_until_empty(lambda: names_with(mark))
    return process.returncode, printed


HANGING_AND_NOT = pytest.mark.parametrize("backend", ["liars.seed.sleeps_in_acquire", STANDARD])
ALONE_AND_NOT = pytest.mark.parametrize("workers", ["0", "2"])


@ALONE_AND_NOT
@HANGING_AND_NOT
@pytest.mark.parametrize("times", [1, 3])
def test_an_interrupted_run_reports_what_it_has_and_leaves_nothing(
    tmp_path: Path, workers: str, backend: str, times: int
) -> None:
    status, printed = signalled(signal.SIGINT, backend, workers, tmp_path, times=times)
    assert status == 130, printed
    assert printed.count("ending;") == 1
    assert "incomplete" in printed
    assert not report_in(tmp_path)["complete"]


@ALONE_AND_NOT
def test_a_killed_run_leaves_nothing(tmp_path: Path, workers: str) -> None:
    status, _ = signalled(signal.SIGKILL, "liars.seed.sleeps_in_acquire", workers, tmp_path)
    assert status == -signal.SIGKILL


WATCHES = """
import os, signal, subprocess, sys
from pathlib import Path
from sharedctypes_conformance.stage.keeper import keeper

folder = Path(sys.argv[1])
folder.mkdir()
keeper.watch(folder)
# Longer than a keeper takes to remove what is there.
late = "import os, sys, time; time.sleep(1); os.makedirs(sys.argv[1]); os.mkdir(sys.argv[2])"
written = [str(folder / "bytecode"), sys.argv[2]]
subprocess.Popen([sys.executable, "-c", late, *written], start_new_session=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_is_written_after_a_run_was_killed_is_removed(tmp_path: Path) -> None:
    folder, written = tmp_path / "folder", tmp_path / "written"
    arguments = [str(folder), str(written)]
    subprocess.run([sys.executable, "-c", WATCHES, *arguments], check=False)
    wait_until_empty(lambda: [] if written.exists() else ["nothing was written yet"])
    wait_until_empty(lambda: [folder] if folder.exists() else [])


@pytest.mark.parametrize("area", ["sharing", "lifetime", "contamination", "fault", "leak"])
def test_a_run_killed_among_faults_leaves_nothing(tmp_path: Path, area: str) -> None:
    options = ("--area", area, "--start-method", "forkserver")
    # Later than at the first: by then something has been killed, filled up or left behind.
    when = actors_have_been(2)
    status, _ = signalled(signal.SIGKILL, STANDARD, "0", tmp_path, *options, when=when)
    assert status == -signal.SIGKILL


@pytest.mark.parametrize(
    "clause", ["killed-during-construction-blocks-nobody", INTERRUPTED_CONSTRUCTIONS]
)
def test_a_run_of_killed_and_interrupted_constructions_leaves_no_names(
    tmp_path: Path, clause: str
) -> None:
    mark = f"{tmp_path}"
    judged = ("--backend", NAMED_FIRST, "--clause", f"fault.{clause}", "--start-method", "fork")
    options = (*judged, "-n", "0")
    done = tool("run", *options, cwd=tmp_path, SHAREDCTYPES_TEST_MARK=mark)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert report_in(tmp_path)["results"]
    assert not names_with(mark)


def test_a_run_killed_during_constructions_leaves_no_names(tmp_path: Path) -> None:
    clause = ("--clause", f"fault.{INTERRUPTED_CONSTRUCTIONS}")
    status, _ = signalled(signal.SIGKILL, NAMED_FIRST, "0", tmp_path, *clause, when=names_are_left)
    assert status == -signal.SIGKILL


def names_are_left(mark: str) -> bool:
    """Return whether there are several names: all but one are of interrupted constructions."""
    return len(names_with(mark)) >= 3


def names_with(mark: str) -> list[str]:
    """Return the names of shared memory that were made with a mark."""
    return [name for name in os.listdir("/dev/shm") if mark.replace("/", "-") in name]


def files_in(folder: Path) -> list[Path]:
    """Return what is in a folder besides the report.

    When Python first asks for the folder of temporary files it tries whether it can write there,
    into a file with a random name, which stays if the process is ended in that moment.
    """
    return [
        path
        for path in folder.rglob("*")
        if "conformance-report" not in path.parts
        and not (re.fullmatch(r"[a-z0-9_]{8}", path.name) and content_of(path) in (b"", b"blat"))
    ]


def content_of(path: Path) -> bytes | None:
    """Return the content of a file, None if it is none or has gone."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def wait_until_empty(left: Callable[[], list[Any]]) -> None:
    """Return as soon as nothing is left; fails with what is after a generous bound."""
    until = time.monotonic() + 20
    while left():
        assert time.monotonic() < until, left()
        time.sleep(0.02)


def marked(mark: str) -> list[psutil.Process]:
    """Return the live processes whose environment carries a mark, or whose arguments do."""
    found = []
    for process in psutil.process_iter():
        try:
            carries = process.environ().get("SHAREDCTYPES_TEST_MARK") == mark
            if (
                carries or mark in arguments_of(process)
            ) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def arguments_of(process: psutil.Process) -> list[str]:
    """Return the arguments of a process, none if it has ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def is_creator(process: psutil.Process) -> bool:
    """Return whether a process is the creator of a stage; one that has just ended is not.

    It leads its session. What it starts does not, and looks like it until it has become itself.
    """
    try:
        leads = os.getsid(process.pid) == process.pid
        return leads and "sharedctypes_actors" in process.cmdline()
    except (psutil.Error, ProcessLookupError):
        return False


def actors_have_been(count: int) -> Callable[[str], bool]:
    """Return what says whether a run has had `count` creators since it began to judge."""
    seen: set[int] = set()

    def have_been(mark: str) -> bool:
        journal = Path(mark) / "conformance-report" / "report.jsonl"
        if journal.exists() and journal.stat().st_size:
            seen.update(process.pid for process in marked(mark) if is_creator(process))
        return len(seen) >= count

    return have_been


DAEMON = "liars.leak.daemons_have_an_empty_environment"
RAW = ("--clause", "raw.values-are-zeroed")


def test_daemons_of_a_backend_do_not_outlive_the_run(tmp_path: Path) -> None:
    judged = ("--backend", DAEMON, "--start-method", "fork", *RAW)
    mark = f"{tmp_path}"
    options = ("--profile", "quick", "-n", "0")
    done = tool("run", *judged, *options, cwd=tmp_path, SHAREDCTYPES_TEST_MARK=mark)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    wait_until_empty(lambda: marked(mark))


LEAVES_A_NAME = """
from multiprocessing.sharedctypes import *

open("/dev/shm/{name}", "w").close()
"""


def test_names_that_a_backend_leaves_are_in_the_report(tmp_path: Path) -> None:
    name = f"left-by-a-test-{os.getpid()}"
    (tmp_path / "leaves.py").write_text(LEAVES_A_NAME.format(name=name))
    judged = ("--backend", "leaves", "--clause", "raw.values-are-zeroed", "-n", "0")
    try:
        done = tool("run", *judged, "--start-method", "spawn", cwd=tmp_path)
    finally:
        os.unlink(f"/dev/shm/{name}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"/dev/shm/{name}" in report_in(tmp_path)["left"]
    assert "New in shared memory, and held by no process" in done.stdout.replace("\n", " ")


def test_daemons_of_a_backend_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    options = ("--start-method", "fork", *RAW)
    status, _ = signalled(signal.SIGKILL, DAEMON, "0", tmp_path, *options, when=daemon_runs)
    assert status == -signal.SIGKILL


def daemon_runs(mark: str) -> bool:
    """Return whether there is a process that has nothing of a mark but an argument."""
    return any(mark in arguments_of(process) for process in marked(mark))


def test_a_backend_that_kills_its_group_kills_nobody_else(tmp_path: Path) -> None:
    clause = "fault.exits-cleanly-with-live-objects"
    judged = ("--backend", "liars.fault.kills_its_group_at_exit", "--start-method", "fork")
    options = ("--clause", clause, "--profile", "quick", "-n", "0")
    mark = f"{tmp_path}"
    done = tool("run", *judged, *RAW, *options, cwd=tmp_path, SHAREDCTYPES_TEST_MARK=mark)
    assert done.returncode == 1, done.stdout + done.stderr
    verdicts = {one["clause"]: one["verdict"] for one in report_in(tmp_path)["results"]}
    assert verdicts == {RAW[1]: "pass", clause: "crash"}
    wait_until_empty(lambda: marked(mark))
