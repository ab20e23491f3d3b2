"""The command `bench`: what it times, how it compares, what it writes. Not how fast anything is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pyperf
import pytest

from sharedctypes_conformance.bench import timed_program
from sharedctypes_conformance.bench.comparison import Ratio, rows_of
from sharedctypes_conformance.bench.measuring import RAW, WRAPPED, Measured, chosen
from sharedctypes_conformance.bench.operations import OPERATIONS, Operation
from sharedctypes_conformance.bench.page import Circumstances, page_of, picture_of
from sharedctypes_conformance.stage.probing import BadSelection

READ = Operation("value: read", "", "v.value", "r.value")
MADE = Operation("made", "", "backend.RawValue('i')")
HOW = Circumstances("1.0", "cpython 3.x", ("one & all", "two"), processes=2, rounds=3)


def measured(
    operation: Operation, backend: str, kind: str, *processes: tuple[float, ...]
) -> Measured:
    return Measured(operation, backend, kind, processes)


MEASURED = [
    measured(READ, "one", WRAPPED, (40e-9, 60e-9), (80e-9, 90e-9)),
    measured(READ, "two", WRAPPED, (20e-9, 30e-9), (20e-9, 60e-9)),
    measured(READ, "one", RAW, (10e-9,), (10e-9,)),
    measured(READ, "two", RAW, (5e-9,), (10e-9,)),
    measured(MADE, "one", WRAPPED, (1e-6,), (1e-6,)),
    Measured(MADE, "two", WRAPPED, ((), ()), "TypeError: no"),
]


def test_the_least_times_are_compared_and_processes_give_the_spread() -> None:
    read, made = rows_of(MEASURED, ["one", "two"])
    assert read.ratios == (Ratio(2.0, 2.0, 4.0),)
    assert read.nanoseconds == pytest.approx((40, 20))
    assert read.slower == (Ratio(4.0, 4.0, 8.0), Ratio(4.0, 2.0, 4.0))
    # What a backend cannot do is left out, and nothing is made up for it.
    assert (made.ratios, made.slower) == ((None,), (None, None))
    assert (round(made.nanoseconds[0] or 0), made.nanoseconds[1]) == (1000, None)


def test_the_page_and_the_picture_show_all_of_it() -> None:
    rows = rows_of(MEASURED, ["one", "two"])
    page = page_of(rows, HOW)
    assert "| `value: read` | 40 ns | 20 ns | 2.00 (2.00 to 4.00) |" in page
    assert "| `made` | 1 µs | - | - |" in page
    assert "| `value: read` | 4.00 (4.00 to 8.00) | 4.00 (2.00 to 4.00) |" in page
    picture = ElementTree.fromstring(picture_of(rows, HOW))
    texts = [element.text for element in picture.iter() if element.text]
    assert "How many times faster than one & all, on cpython 3.x" in texts
    assert {"value: read", "made", "2.00 (2.00 to 4.00)"} <= set(texts)


def test_operations_are_chosen_by_how_their_names_begin() -> None:
    assert [one.name for one in chosen(["value"])] == ["value: read", "value: write"]
    assert chosen([]) == OPERATIONS
    with pytest.raises(BadSelection, match="'vlaue'"):
        chosen(["vlaue"])


def test_each_name_stands_for_one_operation() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names)


def test_every_round_times_every_statement_with_every_backend() -> None:
    order = {
        "backends": ["multiprocessing.sharedctypes", "json"],
        "setup": "v = backend.Value('i', 5); r = v.get_obj()",
        "statements": {WRAPPED: "v.value", RAW: "r.value"},
        "copies": 2,
        "rounds": 3,
    }
    found = timed_program.timed(order)
    assert [(one["kind"], len(one["seconds"])) for one in found] == [
        (WRAPPED, 3),
        (WRAPPED, 0),
        (RAW, 3),
        (RAW, 0),
    ]
    assert "AttributeError" in found[1]["problem"]
    assert all(seconds > 0 for one in found for seconds in one["seconds"])


def bench(*options: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sharedctypes_conformance", "bench", *options],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_command_writes_what_pyperf_reads(tmp_path: Path) -> None:
    done = bench("--operation", "value: read", "--rounds", "2", "--processes", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "bench-report"
    assert f"Report: {Path('bench-report', 'bench.md')}" in done.stdout
    for backend in ("multiprocessing.sharedctypes", "sharedctypes_reference"):
        suite = pyperf.BenchmarkSuite.load(str(folder / f"{backend}.json"))
        assert suite.get_benchmark_names() == ["value: read", "value: read (raw)"]
        read = suite.get_benchmark("value: read")
        assert (read.get_nrun(), len(read.get_values())) == (2, 4)
    assert "`value: read`" in (folder / "bench.md").read_text("utf-8")
    ElementTree.parse(folder / "bench.svg")
    assert json.loads((folder / "sharedctypes_reference.json").read_text())["benchmarks"]


@pytest.mark.parametrize(
    ("options", "word"),
    [(["--operation", "vlaue"], "vlaue"), (["--backend", "nowhere"], "nowhere")],
)
def test_what_cannot_be_timed_is_refused(options: list[str], word: str, tmp_path: Path) -> None:
    done = bench(*options, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert not (tmp_path / "bench-report").exists()
