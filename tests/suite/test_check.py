"""`@check` and `@check_matrix`: each clause is one test, however many a function judges."""

import subprocess
import sys
from typing import Any

import pytest

from sharedctypes_conformance.checks.kit import check as check_module
from sharedctypes_conformance.checks.kit.check import all_checks, check, check_matrix, observation

ROWS = {"child against parent": "its parent", "parent against child": "its child"}
COLUMNS = {"Lock": 1, "RLock": 2}


@pytest.fixture(autouse=True)
def no_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let clauses be tied once more."""
    all_checks()
    monkeypatch.setattr(check_module, "_checks", {})


def parameters(test: Any) -> list[Any]:
    """Return the parameters of a test, each of them a check with its marks."""
    (found,) = [mark.args[1] for mark in test.pytestmark if mark.name == "parametrize"]
    return list(found)


def judged(test: Any) -> dict[str, Any]:
    """Return what the body of each check returns, by clause."""
    checks = [parameter.values[0] for parameter in parameters(test)]
    return {each.clause: each.body("a stage") for each in checks}


def test_a_function_judges_several_clauses() -> None:
    @check("seed.child-write-to-value-reaches-parent", "n.value")
    @check("seed.child-write-to-string-reaches-parent", "s.value")
    def test_it(stage: Any, what: str) -> Any:
        return (stage, what)

    assert judged(test_it) == {
        "seed.child-write-to-value-reaches-parent": ("a stage", "n.value"),
        "seed.child-write-to-string-reaches-parent": ("a stage", "s.value"),
    }


def test_a_matrix_is_judged_by_what_its_rows_and_columns_stand_for() -> None:
    @check_matrix("exclusion", ROWS, COLUMNS)
    def test_it(stage: Any, row: str, column: int) -> Any:
        return (row, column)

    assert judged(test_it) == {
        "exclusion.child-contends-for-lock": ("its parent", 1),
        "exclusion.child-contends-for-rlock": ("its parent", 2),
        "exclusion.parent-contends-for-lock": ("its child", 1),
        "exclusion.parent-contends-for-rlock": ("its child", 2),
    }


def test_each_clause_has_its_own_markers() -> None:
    @check("types.union-layout-matches-ctypes")
    @check("types.unknown-types-are-refused")
    def test_it(stage: Any) -> None:
        pass

    marks = [
        {mark.name: mark.kwargs for mark in parameter.marks} for parameter in parameters(test_it)
    ]
    assert marks == [
        {"clause": {"id": "types.union-layout-matches-ctypes"}, "grade": {"name": "MUST"}},
        {"clause": {"id": "types.unknown-types-are-refused"}, "grade": {"name": "SHOULD"}},
    ]


def test_a_clause_has_one_check() -> None:
    def test_it(stage: Any) -> None:
        pass

    tie = check("seed.child-write-to-value-reaches-parent")
    tie(test_it)
    with pytest.raises(ValueError, match="two checks"):
        tie(test_it)


@pytest.mark.parametrize(
    ("tie", "clause"),
    [(check, "seed.child-write-to-value-reaches-parent"), (observation, "raw.types-with-slots")],
)
def test_a_function_that_pytest_does_not_collect_is_refused(tie: Any, clause: str) -> None:
    def observe_something(stage: Any) -> None:
        """Never run."""

    with pytest.raises(ValueError, match=f"of {clause} is named observe_something"):
        tie(clause)(observe_something)


def test_a_pair_without_a_clause_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no clause for \('child against parent', 'Semaphore'\)"):
        check_matrix("exclusion", ROWS, {"Semaphore": 3})


def test_a_check_says_where_it_is() -> None:
    @check_matrix("exclusion", ROWS, COLUMNS)
    def test_both(stage: Any, row: str, column: int) -> None:
        pass

    for parameter in parameters(test_both):
        body = parameter.values[0].body
        assert (body.__module__, body.__name__) == (__name__, "test_both")


def test_pytest_has_an_item_for_each_clause() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "--collect-only", "-q"),
            *("--pyargs", "sharedctypes_conformance.checks.exclusion.test_running_processes"),
            *("--backend", "sharedctypes_reference", "--start-method", "fork"),
            *("-m", "clause(id='exclusion.child-contends-for-lock') and grade(name='MUST')"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    (item,) = [line for line in done.stdout.splitlines() if "::" in line]
    assert item.endswith("-child-contends-for-lock]")
    assert "19 deselected" in done.stdout
