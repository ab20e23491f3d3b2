"""What judging a backend costs: wall time, CPU of the suite and of the target, by start method.

    python conformance/benchmarks/suite.py [--backend MODULE] [--profile PROFILE]... [-n N]
        [--write FILE]

Each profile is one run of the whole contract, as a user has it. `docs/benchmarks/suite.md` is such
a page. Wall times of a machine that others use say little, and CPU times are higher there, too.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sharedctypes_conformance import api
from sharedctypes_conformance.backends import REFERENCE
from sharedctypes_conformance.selection import PROFILES, START_METHODS

# How many of the clauses that take the most are listed.
DEAREST = 20

_COMMAND = f"python {Path(__file__).relative_to(Path(__file__).parents[2])}"


@dataclass(frozen=True)
class Run:
    """A run of one profile: its report, and the seconds of wall time and of CPU that it took."""

    profile: str
    report: api.Report
    wall: float
    cpu: float


def measure(backend: str, profile: str, workers: int) -> Run:
    """Judge a backend by the whole contract, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sharedctypes_conformance", "run", "--backend", backend]
        command += ["--profile", profile, "-n", str(workers), "--report-dir", folder]
        began, before = time.perf_counter(), _cpu()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - ourselves
        wall, cpu = time.perf_counter() - began, _cpu() - before
        report = api.read_report(Path(folder) / "report.json")
    if not report.complete:
        sys.exit(f"the run of the profile {profile} did not end: {'; '.join(report.problems)}")
    return Run(profile, report, wall, cpu)


def _cpu() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _suite(results: Iterable[api.Result]) -> float:
    return sum(result.cpu_of_suite for result in results)


def _target(results: Iterable[api.Result]) -> float:
    return sum(result.cpu_of_target or 0 for result in results)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---{'|--:' * (len(head) - 1)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _costs(run: Run) -> Iterator[Sequence[str]]:
    """Yield a row for each start method, and one for the whole run."""
    results = run.report.results
    for method in START_METHODS:
        own = [result for result in results if result.start_method == method]
        if own:
            seconds = sum(result.seconds for result in own)
            yield (method, f"{seconds:.1f}", *_numbers(own, _suite(own) + _target(own), seconds))
    yield ("the run", f"{run.wall:.1f}", *_numbers(results, run.cpu, run.wall))


def _numbers(results: Sequence[api.Result], cpu: float, seconds: float) -> Sequence[str]:
    examples = sum(result.examples for result in results)
    return (
        f"{cpu:.1f}",
        f"{_suite(results):.1f}",
        f"{_target(results):.1f}",
        str(len(results)),
        f"{len(results) / seconds:.1f}",
        str(examples),
        f"{examples / seconds:.0f}",
    )


def _dearest(report: api.Report) -> Iterator[Sequence[str]]:
    by_clause: dict[str, list[api.Result]] = {}
    for result in report.results:
        by_clause.setdefault(result.clause, []).append(result)
    whole = _suite(report.results) + _target(report.results)
    costs = {name: _suite(found) + _target(found) for name, found in by_clause.items()}
    for name in sorted(costs, key=costs.__getitem__, reverse=True)[:DEAREST]:
        found = by_clause[name]
        yield (
            f"`{name}`",
            f"{costs[name]:.2f}",
            f"{100 * costs[name] / whole:.1f} %",
            f"{_suite(found):.2f}",
            f"{_target(found):.2f}",
            str(sum(result.examples for result in found)),
        )


def page(backend: str, workers: int, runs: Sequence[Run]) -> str:
    """Return the page of several runs, in Markdown."""
    text = (
        f"`{backend}` was judged by the whole contract in {platform.python_implementation()} "
        f"{platform.python_version()}, by {workers} workers on {os.cpu_count()} cores. The load of "
        f"the machine was {os.getloadavg()[0]:.1f} when the last run had ended; what is above "
        f"{workers} was somebody else's. Times are seconds. Those of a start method are the sums "
        "of its cells, which are judged side by side; those of the run have all that is between "
        "cells, too, and its time is that of a clock."
    )
    lines = [
        "# What judging a backend costs",
        "",
        f"Written by `{_COMMAND} --write FILE`.",
        "",
        *textwrap.wrap(text, 100),
        "",
    ]
    for run in runs:
        examples = PROFILES[run.profile]
        lines += [f"## Profile {run.profile}", "", f"Up to {examples} examples for a clause.", ""]
        head = ("", "time", "CPU", "of the suite", "of the target", "cells", "cells/s")
        lines += _table((*head, "examples", "examples/s"), _costs(run))
        lines += [f"The {DEAREST} clauses that took most CPU, under all start methods:", ""]
        columns = ("clause", "CPU", "of all", "of the suite", "of the target", "examples")
        lines += _table(columns, _dearest(run.report))
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Measure the profiles, and print the page or write it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--backend", default=REFERENCE, metavar="MODULE")
    parser.add_argument("--profile", action="append", choices=PROFILES, dest="profiles")
    parser.add_argument("-n", type=int, default=2, dest="workers", metavar="N")
    parser.add_argument("--write", type=Path, metavar="FILE")
    given = parser.parse_args()
    profiles = given.profiles or ["quick", "default"]
    runs = [measure(given.backend, profile, given.workers) for profile in profiles]
    text = page(given.backend, given.workers, runs)
    if given.write:
        given.write.write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
