"""The difference of two reports as a page, which needs no script: a section for each change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from ...contract import load_registry
from ...verdicts.difference import Change, Comparison, Difference
from ...verdicts.model import Verdict
from .marks import KINDS, LETTERS, NO_RESULT
from .security import environment, own_file, policy

# What each change means, in the words of a reader who wants to know whether it matters.
CHANGES = {
    Change.BROKEN: "held, and does not hold any more",
    Change.FOUND: "was not judged or not claimed, and does not hold",
    Change.CHANGED: "does not hold in another way, or something else was observed",
    Change.UNJUDGED: "was judged, and is not any more",
    Change.NEW: "is only in the new report",
    Change.GONE: "is only in the old report",
    Change.JUDGED: "was not judged or not claimed, and holds",
    Change.FIXED: "did not hold, and does",
}

# Sections of more clauses than this are closed at first.
MANY = 100


class Mark(NamedTuple):
    """A verdict as the page shows it: its letter, its word, and its kind."""

    letter: str
    word: str
    kind: str


class Row(NamedTuple):
    """The cells of a clause that differ in the same way."""

    where: str
    methods: str
    old: Mark
    new: Mark
    message: str


class Entry(NamedTuple):
    """A clause in a section; `says` is "" if this version of the suite does not have it."""

    clause: str
    grade: str
    says: str
    rows: list[Row]


class Section(NamedTuple):
    """All that differs in one way; `cells` counts it."""

    change: Change
    means: str
    cells: int
    entries: list[Entry]


def page_of_difference(comparison: Comparison) -> str:
    """Return the page of a comparison."""
    style = own_file("page.css")
    return (
        environment()
        .from_string(own_file("difference.html"))
        .render(
            policy=policy(style),
            style=Markup(style),  # noqa: S704 - our own file
            comparison=comparison,
            sections=[_section(comparison, change) for change in Change],
            many=MANY,
        )
    )


def _section(comparison: Comparison, change: Change) -> Section:
    mine = [one for one in comparison.differences if one.change is change]
    clauses: dict[str, list[Difference]] = {}
    for one in mine:
        clauses.setdefault(one.clause, []).append(one)
    entries = [_entry(name, clauses[name]) for name in clauses]
    return Section(change, CHANGES[change], len(mine), entries)


def _entry(name: str, differences: list[Difference]) -> Entry:
    clause = load_registry().clauses.get(name)
    says = clause.says if clause else ""
    return Entry(name, differences[0].grade, says, list(_rows(differences)))


def _rows(differences: Iterable[Difference]) -> Iterable[Row]:
    groups: dict[tuple[object, ...], list[Difference]] = {}
    for one in differences:
        key = (one.backend, one.interpreter, one.old, one.new, one.message)
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        first = group[0]
        methods = ", ".join(one.start_method for one in group)
        where = f"{first.backend} on {first.interpreter}"
        yield Row(where, methods, _mark(first.old), _mark(first.new), first.message)


def _mark(verdict: Verdict | None) -> Mark:
    if verdict is None:
        return Mark(*NO_RESULT)
    kind = verdict.value if verdict.value in KINDS else "failing"
    return Mark(LETTERS[verdict][0], verdict.value, kind)
