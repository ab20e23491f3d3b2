"""The difference of two reports as a page: all of it is there, and none of it is more than text."""

import json
from pathlib import Path

from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.reports.page.difference import MANY, page_of_difference
from sharedctypes_conformance.verdicts.difference import Change, compare
from sharedctypes_conformance.verdicts.model import Verdict

from .pages import Page, every_change, hostile_change, report, result
from .running import tool

NAMES = list(load_registry().clauses)


def text_of(page: Page) -> str:
    return " ".join("".join(text for tag, text in page.texts if tag != "style").split())


def test_each_change_has_its_clauses_and_cells() -> None:
    text = text_of(Page(page_of_difference(every_change())))
    for number, change in enumerate(Change):
        told = text[text.index(f" {change.value.capitalize()} 1 clause, 2 cells") :]
        side = "old" if change is Change.GONE else "new"
        clause = load_registry().clause(NAMES[number])
        if change in (Change.BROKEN, Change.CHANGED, Change.UNJUDGED, Change.NEW, Change.GONE):
            assert told.index(clause.id) < told.index(clause.says) < told.index(f"{side} fork")
    assert "P pass → became F fail some.backend on cpython 3.11: fork new fork" in text
    assert "no result → became H hang" in text
    assert "the same 2 has" in text


def test_start_methods_in_which_a_clause_differs_alike_are_one_line() -> None:
    methods = ("fork", "spawn")
    old, new = (
        report(*(result(NAMES[0], verdict, method=method) for method in methods))
        for verdict in (Verdict.PASS, Verdict.FAIL)
    )
    assert "on cpython 3.11: fork, spawn" in text_of(Page(page_of_difference(compare(old, new))))


def test_many_clauses_are_folded() -> None:
    old = report(result(NAMES[0]), *(result(name) for name in NAMES[1 : MANY + 2]))
    few, many = (report(*map(result, [NAMES[0], *NAMES[2 + less :]])) for less in (MANY, 0))
    for new, is_open in ((few, False), (many, True)):
        page = Page(page_of_difference(compare(old, new)))
        (gone,) = (
            attributes
            for (tag, attributes), change in zip(
                [one for one in page.tags if one[0] == "details"], _changes(old, new), strict=True
            )
            if change is Change.GONE
        )
        assert ("open" in gone) is is_open


def _changes(*reports: object) -> list[Change]:
    counts = compare(*reports).counts  # type: ignore[arg-type]
    return [change for change in Change if counts[change]]


def test_nothing_runs_and_a_hostile_report_adds_no_element() -> None:
    page, harmless = (Page(page_of_difference(one())) for one in (hostile_change, every_change))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in harmless.tags}
    assert "script" not in {tag for tag, _ in page.tags}
    assert "script-src" not in page.policy
    assert "default-src 'none'" in page.policy
    known = {name for _, attributes in harmless.tags for name in attributes}
    assert all(attributes.keys() <= known for _, attributes in page.tags)
    text = page_of_difference(hostile_change())
    assert [char for char in text if not char.isprintable() and char != "\n"] == []


def test_the_command_writes_it_beside_what_it_prints(tmp_path: Path) -> None:
    for name, verdict in (("old", Verdict.PASS), ("new", Verdict.FAIL)):
        (tmp_path / name).mkdir()
        report(result(NAMES[0], verdict, message="it differs")).write(tmp_path / name)
    files = ("old/report.json", "new/report.json", "--html", "page.html")
    done = tool("report", "diff", *files, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("wrote page.html\n")
    first = (tmp_path / "page.html").read_text("utf-8")
    assert "it differs" in first
    done = tool("report", "diff", *files, "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["differences"][0]["change"] == "broken"
    assert (tmp_path / "page.html").read_text("utf-8") == first
    done = tool("report", "diff", *files[:2], "--html", "no/such.html", cwd=tmp_path)
    assert (done.returncode, "cannot write" in done.stderr) == (2, True)
