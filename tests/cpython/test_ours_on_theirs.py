"""This project's tests of the reference, run on the standard library: what fails is known."""

from __future__ import annotations

import ast
import itertools
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.verdicts.ledger import shipped_ledger
from sharedctypes_conformance.verdicts.model import Backend, Interpreter

from .expectations import REFERENCE, expectations
from .running import BOUND, STANDARD, run

METHODS = ("fork", "spawn", "forkserver")
FILES = sorted(file.name for file in REFERENCE.glob("test_*.py"))
ROOT = REFERENCE.parent.parent
BAD = ("failure", "error", "skipped")


def outcomes(file: str, left_out: list[str], folder: Path) -> dict[str, tuple[str, str]]:
    """Return what came of the tests of a file, and what each said."""
    report = folder / "report.xml"
    options = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
    # A test that hangs says where, before all of them are ended.
    options += ["-o", f"faulthandler_timeout={BOUND // 5}"]
    options += [f"--deselect=tests/reference/{test}" for test in left_out]
    status, said = run(
        STANDARD,
        *("-m", "pytest", f"tests/reference/{file}", *options),
        folder=ROOT,
        HYPOTHESIS_STORAGE_DIRECTORY=str(folder),
    )
    assert status in (0, 1), said
    found = {}
    for case in ElementTree.parse(report).iter("testcase"):
        bad = next((each for each in case if each.tag in BAD), None)
        outcome = ("passed", "") if bad is None else (bad.tag, bad.get("message", ""))
        found[f"{file}::{case.get('name')}"] = outcome
    return found


@cache
def deviations() -> dict[str, set[str]]:
    """Return the clauses that the standard library is known to break, with the start methods."""
    probed = probe(sys.executable, STANDARD, {})
    here = Interpreter(**probed.interpreter), Backend(**probed.backend)
    known: dict[str, set[str]] = {}
    for deviation in shipped_ledger(STANDARD).deviations:
        methods = {method for method in METHODS if deviation.applies(*here, method)}
        known.setdefault(deviation.clause, set()).update(methods)
    return known


def expected(test: str) -> str:
    """Return what has to come of a test."""
    known = next((each for each in expectations() if each.covers(test)), None)
    if known is None:
        return "passed"
    parameters = test.partition("[")[2].removesuffix("]")
    methods = {parameters} & set(METHODS) or set(METHODS)
    broken = any(methods & deviations().get(clause, set()) for clause in known.clauses)
    return "failure" if known.fails or broken else "passed"


@pytest.mark.parametrize("file", FILES)
def test_they_pass_where_no_deviation_is_known(file: str, tmp_path: Path) -> None:
    here = [each for each in expectations() if each.name.startswith(f"{file}::")]
    left_out = [test for each in here if each.not_applicable for test in each.tests]
    found = outcomes(file, left_out, tmp_path)
    surprises = [
        f"{test} {outcome}, not {expected(test)}: {said}"
        for test, (outcome, said) in found.items()
        # What is skipped says why where it stands.
        if outcome not in ("skipped", expected(test))
    ]
    assert surprises == []
    assert "passed" in {outcome for outcome, _ in found.values()}
    for each in here:
        if not each.not_applicable:
            assert any(map(each.covers, found)), f"{each.name}: there is no such test"


def test_what_is_said_of_tests_is_said_of_tests_that_exist() -> None:
    names = {
        f"{file}::{node.name}"
        for file in FILES
        for node in ast.parse((REFERENCE / file).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert {each.name for each in expectations()} <= names
    # Tests are left out by how their names begin.
    assert not any(b.startswith(a) for a, b in itertools.pairwise(sorted(names)))


def test_a_test_is_expected_to_fail_for_deviations_that_are_in_the_ledger() -> None:
    known = {deviation.clause for deviation in shipped_ledger(STANDARD).deviations}
    for each in expectations():
        assert set(each.clauses) <= known, each.name
