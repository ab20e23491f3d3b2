"""However a run is carried out, its verdicts are the same: workers, clauses alone, a busy machine.

The areas are those that wait, race and measure how long something takes; the backends are one that
keeps all of their clauses and one that does not.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .running import STANDARD, report_in, tool

LIAR = "liars.lock.timeouts_are_milliseconds"
AREAS = ("liveness", "thread", "lock", "stress")
JUDGED = ("--backend", STANDARD, "--backend", LIAR, "--start-method", "fork", "--profile", "quick")

Verdicts = dict[tuple[str, str], str]


def verdicts(folder: Path, *options: str) -> Verdicts:
    """Run the suite; return the verdict of each clause on each backend."""
    done = tool("run", *JUDGED, *options, cwd=folder)
    assert done.returncode == 1, done.stdout + done.stderr
    results = report_in(folder)["results"]
    return {(one["backend"], one["clause"]): one["verdict"] for one in results}


def in_areas() -> Iterator[str]:
    for area in AREAS:
        yield from ("--area", area)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """Return the verdicts of a run in one process."""
    found = verdicts(tmp_path_factory.mktemp("one"), *in_areas(), "-n", "0")
    assert {found[STANDARD, clause] for _, clause in found} <= {"pass", "observed"}
    assert "fail" in found.values()
    return found


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep the machine busy with so many processes during a block."""
    started = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_several_workers(tmp_path: Path, wanted: Verdicts) -> None:
    assert verdicts(tmp_path, *in_areas(), "-n", "3") == wanted


def test_a_busy_machine(tmp_path: Path, wanted: Verdicts) -> None:
    with busy(10):
        assert verdicts(tmp_path, *in_areas(), "-n", "2") == wanted


def test_clauses_alone(tmp_path: Path, wanted: Verdicts) -> None:
    failing = sorted(clause for (_, clause), verdict in wanted.items() if verdict == "fail")
    for clause in failing[:3]:
        alone = verdicts(tmp_path, "--clause", clause, "-n", "0")
        assert alone == {key: wanted[key] for key in wanted if key[1] == clause}
