"""How many liars do CPython's own tests catch? `PYTHONPATH=tests python -m cpython.on_liars FILE`.

Each liar is put in the place of the standard library, under each start method under which it lies,
and is caught if a test fails that passes on the correct backend from which liars are made, or if
the tests do not end. The result is written to FILE, in Markdown.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sharedctypes_conformance.contract import PLACES
from sharedctypes_conformance.gallery import read_gallery

HONEST = "honest.plain"

# Seconds; on the correct backend they take two.
BOUND = 60

# What a run ends with if not with a report.
UNENDING, DIED = "they do not end", "the process of the tests ended"


def failures(backend: str, method: str) -> set[str]:
    """Return the tests that fail on a backend of the gallery, or how their run ended instead."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        process = subprocess.Popen(
            [sys.executable, "-m", "cpython", str(report)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path))),
                "SHAREDCTYPES_UNDER_TEST": f"liars.{backend}",
                "SHAREDCTYPES_START_METHOD": method,
                "SHAREDCTYPES_ON_THEIR_HEAP": "1",
            },
        )
        try:
            process.wait(BOUND)
        except subprocess.TimeoutExpired:
            return {UNENDING}
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if not report.exists():
            return {DIED}
        tests = json.loads(report.read_text())["tests"]
        return {name for name, test in tests.items() if test["outcome"] == "failed"}


def caught(names: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return for each liar, or those that are named, what fails on it and not on a correct one."""
    liars = [liar for liar in read_gallery(PLACES.liars) if not names or liar.name in names]
    methods = {method for liar in liars for method in liar.start_methods}
    expected = {method: failures(HONEST, method) for method in methods}
    with ThreadPoolExecutor(len(os.sched_getaffinity(0)) + 1) as pool:
        found = {
            liar.name: [pool.submit(failures, liar.name, method) for method in liar.start_methods]
            for liar in liars
        }
        return {
            liar.name: sorted(
                set().union(
                    *(
                        future.result() - expected[method]
                        for method, future in zip(liar.start_methods, found[liar.name], strict=True)
                    )
                )
            )
            for liar in liars
        }


def page(found: dict[str, list[str]]) -> str:
    """Return the page about what was caught by which tests."""
    count = sum(map(bool, found.values()))
    lines = [
        "# CPython's own tests on the liars",
        "",
        f"Each of {len(found)} backends with one defect, which this suite catches, was put in the "
        f"place of `multiprocessing.sharedctypes` under the tests of shared ctypes that come with "
        f"{platform.python_implementation()} {platform.python_version()}: {count} are caught. Made "
        "by `PYTHONPATH=tests python -m cpython.on_liars`.",
        "",
        "| area | liars | caught by CPython's tests |",
        "|---|---|---|",
    ]
    areas: dict[str, list[str]] = {}
    for name in found:
        areas.setdefault(name.partition(".")[0], []).append(name)
    for area, names in areas.items():
        lines.append(f"| {area} | {len(names)} | {sum(bool(found[name]) for name in names)} |")
    lines += ["", "| liar that is caught | what fails |", "|---|---|"]
    for name, tests in found.items():
        if tests:
            lines.append(f"| `{name}` | {', '.join(tests)} |")
    return "\n".join(lines) + "\n"


def main(file: Path) -> None:
    file.write_text(page(caught()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
