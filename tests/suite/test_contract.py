"""The contract: its files obey its rules, and each clause has its check."""

import tomllib

import pytest
from pydantic import ValidationError

from sharedctypes_conformance.checks.kit.check import all_checks, check, observation
from sharedctypes_conformance.contract import (
    Clause,
    ContractError,
    Grade,
    Registry,
    folder_of,
    load_registry,
)
from sharedctypes_conformance.contract.registry import Area


def clause(**changes: str | bool) -> Clause:
    fields = {"id": "area.name", "grade": "SHOULD", "says": "It holds.", "section": "A section"}
    return Clause(**{**fields, **changes})  # type: ignore[arg-type]


def test_each_clause_has_a_check_and_each_check_a_clause() -> None:
    assert set(all_checks()) == set(load_registry().clauses)


def test_checks_lie_in_the_folder_of_their_area() -> None:
    for checked in all_checks().values():
        area = load_registry().clause(checked.clause).area
        assert checked.body.__module__.split(".")[2] == folder_of(area), checked.clause


def test_a_must_without_a_quote_is_refused() -> None:
    with pytest.raises(ValidationError, match="without a quoted source"):
        clause(grade="MUST")


@pytest.mark.parametrize("half", ["row", "column"])
def test_a_place_in_a_matrix_is_a_row_and_a_column(half: str) -> None:
    with pytest.raises(ValidationError, match="not both"):
        clause(**{half: "one"})
    assert clause(row="one", column="two").row == "one"


MATRIX = """
title = "Locks"
story = "Who waits."

[[clause]]
id = "area.itself"
grade = "INFO"
says = "What it does alone."
section = "A section"

[[matrix]]
template.id = "area.{who}-waits-for-{lock}"
template.says = "{waits}, a {lock}."
template.column = "{lock}"

[[matrix.rows]]
row = "child against parent"
who = "child"
waits = "A child waits for what its parent holds"

[[matrix.rows]]
row = "new child against parent"
column = "{lock}, held before"
who = "new-child"
waits = "A child that is started while its parent holds a {lock} waits for it"

[[matrix.columns]]
lock = "lock"
grade = "SHOULD"
section = "Lock"

[[matrix.columns]]
lock = "rlock"
grade = "MUST"
section = "RLock"
quote = "by {whom}"
whom = "any process"
"""


def area(text: str) -> Area:
    return Area(name="area", **tomllib.loads(text))


def test_a_matrix_is_a_clause_for_each_row_and_column() -> None:
    itself, first, second, third, fourth = area(MATRIX).clauses
    assert itself.id == "area.itself"
    assert [first.id, second.id] == ["area.child-waits-for-lock", "area.child-waits-for-rlock"]
    assert first.says == "A child waits for what its parent holds, a lock."
    assert (first.grade, first.section, first.quote) == (Grade.SHOULD, "Lock", "")
    assert (second.grade, second.section, second.quote) == (Grade.MUST, "RLock", "by any process")
    assert (first.row, first.column) == ("child against parent", "lock")
    assert third.says == (
        "A child that is started while its parent holds a lock waits for it, a lock."
    )
    assert (fourth.row, fourth.column) == ("new child against parent", "rlock, held before")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("a {lock}.", "a {lok}.", "'lok', which 'says' of a matrix uses, is not declared"),
        ('whom = "any process"', 'whom = "{quote}"', "'quote', which .* is defined by itself"),
        ("quote = ", "qoute = ", "declares qoute and does not use it"),
        ("[[matrix.rows]]", "[[matrix.row]]", "row"),
    ],
)
def test_a_matrix_that_does_not_fit_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        area(MATRIX.replace(old, new))


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
    assert clause(since=since, until=until).applies_to(python, own_contexts=False) is applies


def test_a_clause_about_contexts_holds_for_packages_that_have_their_own() -> None:
    assert clause(of_packages=True).applies_to("3.11.7", own_contexts=True)
    assert not clause(of_packages=True).applies_to("3.11.7", own_contexts=False)


def test_an_unknown_clause_is_answered_with_the_nearest() -> None:
    with pytest.raises(ContractError, match=r"wrapper\.refuses-a-wrapper"):
        load_registry().clause("wrapper.refuses-wrapper")
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
        observation("module.has-all-six-functions")
