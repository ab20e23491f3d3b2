"""What differs between two reports, for instance of two versions of a backend.

A cell is the same one if its clause, backend, implementation and minor version of Python and start
method are: the paths of interpreters belong to a machine, and versions of a backend are what is
compared.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from .model import Report, ReportError, Result, Verdict


class Change(StrEnum):
    """How a cell differs; the order is that in which they matter.

    `broken` held before; `found` was not judged, or not claimed, and does not hold. `changed` is
    another kind of finding, or something else observed. `unjudged` is a cell that was judged and is
    not any more, `judged` the opposite without a finding. `new` and `gone` are in one of the
    reports only.
    """

    BROKEN = "broken"
    FOUND = "found"
    CHANGED = "changed"
    UNJUDGED = "unjudged"
    NEW = "new"
    GONE = "gone"
    JUDGED = "judged"
    FIXED = "fixed"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Difference(_Record):
    """A cell that differs. `old` and `new` are verdicts, None if a report does not have the cell.

    `message` is that of the new result, or else that of the old one.
    """

    change: Change
    clause: str
    grade: str
    backend: str
    interpreter: str
    start_method: str
    old: Verdict | None
    new: Verdict | None
    message: str


class Comparison(_Record):
    """All that differs between two reports, and how many cells do not."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    differences: tuple[Difference, ...]
    same: int

    @property
    def counts(self) -> Counter[Change]:
        """How many cells differ in each way."""
        return Counter(one.change for one in self.differences)

    @property
    def exit_status(self) -> int:
        """1 if there is a finding that the old report does not have, even of another kind.

        Otherwise 3 if a MUST clause is not judged any more, and 0 if none is.
        """
        worse = (Change.BROKEN, Change.FOUND, Change.CHANGED, Change.NEW)
        if any(
            one.change in worse and one.new is not None and one.new.is_finding
            for one in self.differences
        ):
            return 1
        unjudged = (one.grade for one in self.differences if one.change is Change.UNJUDGED)
        return 3 if "MUST" in unjudged else 0


_Key = tuple[str, str, str, str]


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports.

    Raises ReportError if one has two results for what is the same cell, or if no cell is in both.
    """
    before, after = _by_cell(old, "old"), _by_cell(new, "new")
    if not before.keys() & after.keys():
        theirs = (", ".join(_titles(report)) for report in (old, new))
        raise ReportError(f"the reports have no cell in common: {' and '.join(theirs)}")
    differences, same = [], 0
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        change = _change(one, other)
        if change is None:
            same += 1
            continue
        shown = other or one
        assert shown is not None
        differences.append(
            Difference(
                change=change,
                clause=shown.clause,
                grade=shown.grade,
                backend=shown.backend,
                interpreter=key[2],
                start_method=shown.start_method,
                old=one.verdict if one else None,
                new=other.verdict if other else None,
                message=shown.message,
            )
        )
    order = list(Change)
    differences.sort(key=lambda one: order.index(one.change))
    return Comparison(old=_titles(old), new=_titles(new), differences=tuple(differences), same=same)


def _titles(report: Report) -> tuple[str, ...]:
    return tuple(f"{one.backend.title} on {one.interpreter.title}" for one in report.subjects)


def _by_cell(report: Report, which: str) -> dict[_Key, Result]:
    names = {}
    for subject in report.subjects:
        interpreter = subject.interpreter
        minor = ".".join(interpreter.python.split(".")[:2])
        free_threaded = "t" if interpreter.free_threaded else ""
        names[interpreter.executable] = f"{interpreter.implementation} {minor}{free_threaded}"
    cells: dict[_Key, Result] = {}
    controls = {subject.backend.module for subject in report.controls}
    for result in report.results:
        if result.backend in controls:
            continue
        name = names.get(result.interpreter, result.interpreter)
        key = (result.clause, result.backend, name, result.start_method)
        if key in cells:
            raise ReportError(
                f"the {which} report has two interpreters that are {name}, and the cells of two "
                "reports are compared by version"
            )
        cells[key] = result
    return cells


_JUDGED = (Verdict.PASS, Verdict.OBSERVED)


def _change(old: Result | None, new: Result | None) -> Change | None:
    if old is None:
        return Change.NEW
    if new is None:
        return Change.GONE
    if new.verdict.is_finding:
        if old.verdict in _JUDGED:
            return Change.BROKEN
        if not old.verdict.is_finding:
            return Change.FOUND
        return None if new.verdict is old.verdict else Change.CHANGED
    if new.verdict in _JUDGED:
        if old.verdict.is_finding:
            return Change.FIXED
        if old.verdict not in _JUDGED:
            return Change.JUDGED
        return None if new.observed == old.observed else Change.CHANGED
    if old.verdict.is_finding or old.verdict in _JUDGED:
        return Change.UNJUDGED
    return None
