"""`new-clause` writes the three parts of a clause, and none passes before it is filled in."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sharedctypes_conformance.contract import PLACES, Area, Grade, Places, load_registry
from sharedctypes_conformance.gallery import Liar, read_gallery
from sharedctypes_conformance.lint import unwritten
from sharedctypes_conformance.new_clause import NewClauseError, begin_clause

CLAUSE = "buffer.is-not-hashable"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return a checkout that has what there is of one area."""
    places = Places(tmp_path / "conformance" / "sharedctypes_conformance")
    for folder in (places.contract, places.checks_of("buffer"), places.liars_of("buffer")):
        folder.mkdir(parents=True)
    shutil.copy(PLACES.stanzas_of("buffer"), places.contract)
    return places


def written(clause_id: str, grade: Grade, places: Places) -> list[str]:
    """Begin a clause; return the files, as they are called in the checkout."""
    files = begin_clause(clause_id, grade, load_registry(), places)
    return [str(file.relative_to(places.root)) for file in files]


def stanza(places: Places) -> Area:
    return Area(name="buffer", **tomllib.loads(places.stanzas_of("buffer").read_text("utf-8")))


def test_a_clause_is_written_in_three_places(places: Places) -> None:
    assert written(CLAUSE, Grade.SHOULD, places) == [
        "conformance/sharedctypes_conformance/contract/buffer.toml",
        "conformance/sharedctypes_conformance/checks/buffer/test_is_not_hashable.py",
        "tests/liars/buffer/breaks_is_not_hashable.py",
    ]
    *known, new = stanza(places).clauses
    assert [clause.id for clause in known] == [
        clause.id for clause in load_registry().area("buffer").clauses
    ]
    assert (new.id, new.grade) == (CLAUSE, Grade.SHOULD)
    (liar,) = read_gallery(places.liars)
    assert liar == Liar("buffer.breaks_is_not_hashable", {CLAUSE: "fail"})
    for file in places.root.rglob("*.py"):
        assert max(map(len, file.read_text("utf-8").splitlines())) <= 100, "ruff would object"
    # Each of the three says what is left to do.
    assert {line.partition(":")[0] for line in unwritten(places)} == {
        "conformance/sharedctypes_conformance/contract/buffer.toml",
        "conformance/sharedctypes_conformance/checks/buffer/test_is_not_hashable.py",
        "tests/liars/buffer/breaks_is_not_hashable.py",
    }


def test_a_must_needs_a_quotation(places: Places) -> None:
    written(CLAUSE, Grade.MUST, places)
    assert "TODO" in stanza(places).clauses[-1].quote


def test_what_is_only_recorded_has_no_liar(places: Places) -> None:
    assert len(written(CLAUSE, Grade.INFO, places)) == 2
    assert stanza(places).clauses[-1].grade is Grade.INFO
    check = places.checks_of("buffer") / "test_is_not_hashable.py"
    assert f'@observation("{CLAUSE}")' in check.read_text("utf-8")
    assert read_gallery(places.liars) == []


@pytest.mark.parametrize(
    ("clause_id", "sentence"),
    [
        ("buffer", "'buffer' is not an id"),
        ("buffer.is_not_hashable", "is not an id"),
        ("buffer.is-not-hashable-", "is not an id"),
        ("bufer.is-not-hashable", "unknown area 'bufer'; there are array, buffer, "),
        (
            "buffer.writes-reach-shared-memory",
            "the clause buffer.writes-reach-shared-memory",
        ),
        ("buffer.is-there", "the file .*test_is_there.py' exists already"),
    ],
)
def test_a_clause_that_cannot_be_begun_changes_nothing(
    clause_id: str, sentence: str, places: Places
) -> None:
    (places.checks_of("buffer") / "test_is_there.py").touch()
    before = stanza(places)
    with pytest.raises(NewClauseError, match=sentence):
        written(clause_id, Grade.SHOULD, places)
    assert stanza(places) == before
    assert unwritten(places) == []


def test_it_needs_a_checkout(tmp_path: Path) -> None:
    with pytest.raises(NewClauseError, match="not in a checkout"):
        begin_clause(CLAUSE, Grade.SHOULD, load_registry(), Places(tmp_path / "lib" / "package"))


def tool(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command of the checkout in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "sharedctypes_conformance", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "conformance")},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_what_is_not_filled_in_is_an_error_and_reported_by_the_lint(tmp_path: Path) -> None:
    places = Places(tmp_path / "conformance" / "sharedctypes_conformance")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PLACES.package, places.package, ignore=ignored)
    shutil.copytree(PLACES.liars, places.liars, ignore=ignored)

    done = tool(tmp_path, "new-clause", CLAUSE)
    assert done.returncode == 0, done.stderr
    assert "tests/liars/buffer/breaks_is_not_hashable.py" in done.stdout.splitlines()
    again = tool(tmp_path, "new-clause", CLAUSE)
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)

    rest = ("--backend", "multiprocessing", "--start-method", "fork", "-n", "0")
    judged = tool(tmp_path, "run", "--clause", CLAUSE, *rest)
    assert judged.returncode == 2
    assert "NotImplementedError: TODO: test one thing" in judged.stderr + judged.stdout

    linted = tool(tmp_path, "lint")
    assert linted.returncode == 1
    left = [line.partition(":")[0] for line in linted.stdout.splitlines() if "TODO" in line]
    assert left == [
        *["conformance/sharedctypes_conformance/checks/buffer/test_is_not_hashable.py"] * 2,
        *["conformance/sharedctypes_conformance/contract/buffer.toml"] * 2,
        *["tests/liars/buffer/breaks_is_not_hashable.py"] * 2,
    ]
