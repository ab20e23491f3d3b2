"""The contract: its files obey its rules, and each clause has its check."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from sharedctypes_conformance.checks.kit import check as check_module
from sharedctypes_conformance.checks.kit.check import all_checks, check, observation
from sharedctypes_conformance.contract import (
    Clause,
    ContractError,
    Grade,
    Registry,
    folder_of,
    load_registry,
)
from sharedctypes_conformance.stage.stage import Stage


def clause(**changes: str) -> Clause:
    fields = {"id": "area.name", "grade": "SHOULD", "says": "It holds.", "section": "A section"}
    return Clause(**{**fields, **changes})  # type: ignore[arg-type]


def test_each_clause_has_a_check_and_each_check_a_clause() -> None:
    assert set(all_checks()) == set(load_registry().clauses)


def test_checks_lie_in_the_folder_of_their_area() -> None:
    for checked in all_checks().values():
        area = load_registry().clause(checked.clause).area
        assert checked.body.__module__.split(".")[2] == folder_of(area), checked.clause


def test_a_clause_has_one_check() -> None:
    all_checks()
    with pytest.raises(ValueError, match="two checks"):
        check("seed.child-changes-a-value")(lambda stage: None)


@pytest.mark.parametrize(
    ("tie", "clause_id"),
    [(check, "seed.child-changes-a-value"), (observation, "raw.types-with-slots")],
)
def test_a_function_that_pytest_does_not_collect_is_refused(
    tie: Callable[[str], Callable[..., object]], clause_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_checks()
    monkeypatch.delitem(check_module._checks, clause_id)

    def observe_something(stage: Stage) -> None:
        """Never run."""

    with pytest.raises(ValueError, match=f"of {clause_id} is named observe_something"):
        tie(clause_id)(observe_something)


def test_a_must_without_a_quote_is_refused() -> None:
    with pytest.raises(ValidationError, match="without a quoted source"):
        clause(grade="MUST")


@pytest.mark.parametrize("half", ["row", "column"])
def test_a_place_in_a_matrix_is_a_row_and_a_column(half: str) -> None:
    with pytest.raises(ValidationError, match="not both"):
        clause(**{half: "one"})
    assert clause(row="one", column="two").row == "one"


@pytest.mark.parametrize("bad", ["name", "Area.name", "area.", "area.two_words", "area.3"])
def test_ids_are_readable(bad: str) -> None:
    with pytest.raises(ValidationError):
        clause(id=bad)


@pytest.mark.parametrize(
    ("since", "until", "python", "applies"),
    [
        ("", "", "3.8.18", True),
        ("3.5", "", "3.11.7", True),
        ("3.14", "", "3.13.5", False),
        ("3.14", "", "3.14.0rc1", False),
        ("3.14", "", "3.14.0", True),
        ("", "3.12", "3.11.9", True),
        ("", "3.12", "3.12.0", False),
    ],
)
def test_a_clause_holds_for_some_versions(
    since: str, until: str, python: str, applies: bool
) -> None:
    assert clause(since=since, until=until).applies_to(python) is applies


def test_an_unknown_clause_is_answered_with_the_nearest() -> None:
    with pytest.raises(ContractError, match=r"seed\.get-lock-returns-the-lock"):
        load_registry().clause("seed.get-lock")
    with pytest.raises(ContractError, match="wrapper"):
        load_registry().area("wraper")


def test_an_id_is_used_once() -> None:
    area = load_registry().area("seed")
    with pytest.raises(ContractError, match="twice"):
        Registry((area, area))


def test_most_clauses_are_judged_and_some_are_recorded() -> None:
    grades = [clause.grade for clause in load_registry().clauses.values()]
    assert set(grades) == set(Grade)
    assert grades.count(Grade.INFO) < len(grades) / 3


def test_an_info_clause_is_observed_and_others_are_checked() -> None:
    with pytest.raises(ValueError, match="observation"):
        check("module.signatures")
    with pytest.raises(ValueError, match="check"):
        observation("module.has-the-six-names")
