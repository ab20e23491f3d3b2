"""A clause explained: what must hold, the source of that, and the results in a report."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks.kit.check import all_checks
from ..contract import Clause
from ..verdicts.model import Report, Result, Verdict
from .words import explain_result, means_of


def explain_clause(clause: Clause, report: Report | None) -> Iterator[str]:
    """Yield the paragraphs of the explanation, those about results only if there is a report."""
    yield _explained(clause)
    yield from map(explain_result, _findings(report, clause))
    yield from _passed(report, clause)
    if report is not None and not any(result.clause == clause.id for result in report.results):
        yield "The report has no result for it."
    yield from _cost(report, clause)
    if report is not None and not report.complete:
        yield "The report is incomplete: its run was interrupted, killed or ended by an error."


def _explained(clause: Clause) -> str:
    check = all_checks()[clause.id]
    lines = [
        f"{clause.id} ({clause.grade})",
        f"  {clause.says}",
        f"  source: {clause.section}" + (f': "{clause.quote}"' if clause.quote else ""),
        f"  check:  {check.body.__module__}.{check.body.__name__}",
    ]
    if clause.needs:
        lines.append(f"  needs:  {', '.join(clause.needs)}")
    if clause.of_packages:
        lines.append("  judged: of backends in a package with contexts of its own")
    if clause.since or clause.until:
        since = f"since {clause.since}" if clause.since else ""
        until = f"before {clause.until}" if clause.until else ""
        lines.append(f"  Python: {' '.join(filter(None, (since, until)))}")
    lines.append(f"  run:    sharedctypes-conformance run --clause {clause.id} --backend MODULE")
    return "\n".join(lines)


def _cost(report: Report | None, clause: Clause) -> Iterator[str]:
    found = [result for result in report.results if result.clause == clause.id] if report else []
    target = [result.cpu_of_target for result in found if result.cpu_of_target is not None]
    if target:
        suite = sum(result.cpu_of_suite for result in found)
        yield (
            f"CPU, in {len(found)} cells: {suite:.2f} s of the suite, {sum(target):.2f} s of the "
            "processes that it started"
        )


def _findings(report: Report | None, clause: Clause) -> list[Result]:
    if report is None:
        return []
    found = [result for result in report.results if result.clause == clause.id]
    return [
        result
        for result in found
        if result.evidence or result.covered or result.lacks or result.verdict is Verdict.OBSERVED
    ]


def _passed(report: Report | None, clause: Clause) -> list[str]:
    """Return a line for each verdict of the results that have nothing else to show."""
    shown = _findings(report, clause)
    cells: dict[tuple[str, str, str], list[str]] = {}
    for result in report.results if report else ():
        if result.clause == clause.id and result not in shown:
            means = f"; judged by {means_of(result)}" if result.means else ""
            key = (result.word, f"{result.backend} on {result.interpreter}", means)
            cells.setdefault(key, []).append(result.start_method)
    return [
        f"{word}: {where} ({', '.join(methods)}){means}"
        for (word, where, means), methods in cells.items()
    ]
