"""CPython's own tests of shared ctypes pass on the reference implementation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from . import CLASSES, MODULE, on_liars
from .assertions import source, table, theirs
from .running import REFERENCE, STANDARD, run

_source = source()
if _source is None:
    pytest.skip(f"this Python comes without the module {MODULE}", allow_module_level=True)
SOURCE: Path = _source


def report_of(backend: str, method: str, folder: Path) -> dict[str, Any]:
    """Run the tests in a process of their own: they set what holds for all of a process."""
    report = folder / "report.json"
    tests = [name for name, test in table().items() if test.not_applicable]
    status, said = run(
        backend,
        *("-m", "cpython", str(report), *(tests if backend != STANDARD else ())),
        folder=folder,
        SHAREDCTYPES_START_METHOD=method,
    )
    assert status == 0, said
    found: dict[str, Any] = json.loads(report.read_text())
    return found


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_they_pass_on_the_reference(method: str, tmp_path: Path) -> None:
    report = report_of(REFERENCE, method, tmp_path)
    # Every method that stands in the source is accounted for, and there are some of each class.
    assert set(report["tests"]) == set(theirs(SOURCE))
    assert {name.partition(".")[0] for name in report["tests"]} == set(CLASSES)
    for name, test in report["tests"].items():
        if table()[name].not_applicable:
            assert test["outcome"] == "not applicable"
            continue
        assert test["outcome"] == "passed", f"{name}\n{test['said']}"
        assert test["method"] == method
        # It was the reference that passed: each function was called there.
        assert set(table()[name].calls) <= set(test["calls"]), name
    # Theirs: no test left processes or threads behind.
    assert not report["altered"]


def test_they_pass_where_they_belong(tmp_path: Path) -> None:
    # All of them, and run in the same way: what fails on a backend is the backend's.
    report = report_of(STANDARD, "fork", tmp_path)
    assert {test["outcome"] for test in report["tests"].values()} == {"passed"}
    assert set(report["tests"]) == set(theirs(SOURCE))


def test_they_find_a_backend_that_does_not_share(tmp_path: Path) -> None:
    tests = report_of("cpython.unshared", "fork", tmp_path)["tests"]
    failed = {name for name, test in tests.items() if test["outcome"] == "failed"}
    assert failed == {"_TestValue.test_rawvalue", "_TestArray.test_rawarray"}


def test_memory_of_the_standard_library_is_noticed(tmp_path: Path) -> None:
    # This backend gets all its memory there: nothing passes but what makes no object.
    tests = report_of("liars.honest.plain", "fork", tmp_path)["tests"]
    passed = {name for name, test in tests.items() if test["outcome"] == "passed"}
    assert passed <= {"_TestValue.test_invalid_typecode", "_TestArray.test_invalid_typecode"}


def test_each_of_their_tests_and_assertions_is_in_the_table() -> None:
    counts = {
        name: sum(assertion.count for assertion in test.assertions)
        for name, test in table().items()
    }
    found = theirs(SOURCE)
    assert {name: counts.get(name) for name in found} == found


def test_the_table_has_no_tests_that_are_gone() -> None:
    here = {name for name, test in table().items() if test.expected_here}
    assert here <= set(theirs(SOURCE))


def test_their_tests_are_run_on_liars() -> None:
    # One that they catch, and one about which they ask nothing.
    private, rounding = "array.large_arrays_are_private", "copy.long_doubles_are_rounded"
    assert on_liars.failures(on_liars.HONEST, "spawn") == set()
    found = on_liars.caught([private, rounding])
    assert found[rounding] == []
    assert on_liars.page(found).count("`copy.long_doubles_are_rounded`") == 0
