"""The lint: the contract as it stands is free of what it looks for, and it finds what it should."""

import importlib
from pathlib import Path

import pytest

from sharedctypes_conformance.checks.kit.check import all_checks
from sharedctypes_conformance.contract import Clause, Grade, Registry, load_registry
from sharedctypes_conformance.contract.registry import Area
from sharedctypes_conformance.lint import LintError, missing_quotes, plain, problems, recorded_ids

from .judging import names


def registry(**clauses: str) -> Registry:
    """Return a contract of MUSTs with these quotations."""
    made = [
        Clause(id=f"area.{name}", grade=Grade.MUST, says="So it is.", section="Here", quote=quote)
        for name, quote in clauses.items()
    ]
    return Registry((Area(name="area", title="area", story="All.", clause=tuple(made)),))


def test_the_contract_is_in_order() -> None:
    assert problems(load_registry(), all_checks(), recorded_ids()) == []


def test_each_judged_clause_has_a_liar_that_it_catches() -> None:
    caught: set[str] = set()
    for name in names():
        caught_by = importlib.import_module(f"liars.{name}").CAUGHT_BY
        assert "pass" not in caught_by.values(), name
        caught |= set(caught_by)
    clauses = load_registry().clauses.values()
    judged = {clause.id for clause in clauses if clause.grade is not Grade.INFO}
    assert sorted(judged - caught) == [], "a check that was never seen to fail may be unable to"
    assert sorted(caught - judged) == []


def test_an_id_is_recorded_once() -> None:
    assert len(recorded_ids()) == len(set(recorded_ids()))


@pytest.mark.parametrize(
    ("checked", "recorded", "sentence"),
    [
        ([], ["area.one"], "area.one has no check"),
        (["area.one", "area.two"], ["area.one"], "a check judges area.two, which is no clause"),
        (["area.one"], ["area.one", "area.two"], "area.two was removed or renamed"),
        (["area.one"], [], "area.one is not in contract/ids.txt"),
    ],
)
def test_drift_is_found(checked: list[str], recorded: list[str], sentence: str) -> None:
    (found,) = problems(registry(one="quoted"), checked, recorded)
    assert sentence in found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "It has ``value`` and ``raw``\n   attributes, see :class:`~ctypes.c_char`."),
        ("a.html", "<p>It has <code>value</code> and <em>raw</em> attributes,\n see c_char.</p>"),
        ("a.txt", "It has value and raw attributes, see c_char."),
    ],
)
def test_a_quotation_is_found_whatever_the_markup(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    contract = registry(there="*value* and raw attributes, see c_char", gone="no value")
    for place in (tmp_path, tmp_path / name):
        assert [clause.id for clause in missing_quotes(contract, place)] == ["area.gone"]


def test_roles_read_as_they_are_shown() -> None:
    assert plain(":meth:`get_obj` of :class:`the class <a.b>`") == "get_obj of the class"


def test_a_folder_without_documentation_is_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(LintError, match="no documentation"):
        missing_quotes(registry(one="quoted"), tmp_path)
