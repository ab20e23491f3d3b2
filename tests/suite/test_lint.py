"""The lint: it finds no problem in the contract as it is, and finds what it should."""

from pathlib import Path

import pytest

from sharedctypes_conformance.checks.kit.check import all_checks
from sharedctypes_conformance.contract import (
    PLACES,
    Area,
    Clause,
    Grade,
    Places,
    Registry,
    load_registry,
)
from sharedctypes_conformance.gallery import read_gallery
from sharedctypes_conformance.lint import (
    LintError,
    missing_quotes,
    plain,
    problems,
    record_ids,
    released_ids,
    unwritten,
)


def registry(**clauses: str) -> Registry:
    """Return a contract of MUSTs with these quotations."""
    made = [
        Clause(id=f"area.{name}", grade=Grade.MUST, says="So it is.", section="Here", quote=quote)
        for name, quote in clauses.items()
    ]
    return Registry((Area(name="area", title="area", story="All.", clause=tuple(made)),))


def test_the_contract_is_in_order() -> None:
    caught = {liar.name: liar.caught_by for liar in read_gallery(PLACES.liars)}
    assert problems(load_registry(), all_checks(), released_ids(), caught) == []
    assert unwritten() == []


def test_no_liar_is_caught_by_a_pass() -> None:
    for liar in read_gallery(PLACES.liars):
        assert "pass" not in liar.caught_by.values(), liar.name


@pytest.mark.parametrize(
    ("checked", "released", "caught", "sentence"),
    [
        ([], [], None, "area.one has no check"),
        (["area.one", "area.two"], [], None, "a check judges area.two, which is not a clause"),
        (
            ["area.one"],
            ["area.one", "area.two"],
            None,
            "area.two was released, and is not a clause",
        ),
        (["area.one"], [], {}, "area.one has no liar"),
        (
            ["area.one"],
            [],
            {"area.lie": {"area.one", "area.two"}},
            "the liar area.lie is caught by area.two, which is not a clause that is judged",
        ),
    ],
)
def test_what_is_missing_is_found(
    checked: list[str], released: list[str], caught: dict[str, set[str]] | None, sentence: str
) -> None:
    (found,) = problems(registry(one="quoted"), checked, released, caught)
    assert sentence in found


def test_a_clause_that_is_only_observed_needs_no_liar() -> None:
    clause = Clause(id="area.one", grade=Grade.INFO, says="What comes.", section="Here")
    observed = Registry((Area(name="area", title="area", story="All.", clause=(clause,)),))
    assert problems(observed, ["area.one"], [], {}) == []
    (found,) = problems(observed, ["area.one"], [], {"area.lie": ["area.one"]})
    assert "not a clause that is judged" in found


def test_ids_are_recorded_once_and_for_all(tmp_path: Path) -> None:
    file = tmp_path / "ids.txt"
    file.write_text("# Ids.\narea.gone\narea.one\n", "utf-8")
    record_ids(registry(two="quoted", one="quoted"), file)
    assert released_ids(file) == ["area.gone", "area.one", "area.two"]


def test_what_is_still_to_be_written_is_found(tmp_path: Path) -> None:
    places = Places(tmp_path / "conformance" / "suite")
    for folder in (places.contract, places.checks_of("area"), places.liars_of("area")):
        folder.mkdir(parents=True)
    places.stanzas_of("area").write_text('title = "Area"\nsays = "TODO: say it."\n')
    (places.checks_of("area") / "test_one.py").write_text('"""Area."""\n# TODO: write it.\n')
    (places.liars_of("area") / "lie.py").write_text('"""Says nothing of MASTODONS."""\n')
    assert unwritten(places) == [
        "conformance/suite/checks/area/test_one.py:2: TODO: write it.",
        "conformance/suite/contract/area.toml:2: TODO: say it.",
    ]


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
