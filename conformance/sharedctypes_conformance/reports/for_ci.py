"""A report for continuous integration: as JUnit XML, and as what GitHub Actions shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from ..verdicts.model import Report, Result, Standing, Subject, Verdict
from ..verdicts.texts import printable
from .words import explain_result, in_short

_WRONG = (Standing.UNEXPECTED, Standing.GONE, Standing.OVERDUE)


def as_junit(report: Report) -> str:
    """Return a report as JUnit XML: a suite for each backend and interpreter, a case for each cell.

    A case fails if its verdict is unexpected, or a ledger is out of date. What is known, and what
    could not be judged, is skipped, and an `error` is one.
    """
    root = ElementTree.Element(
        "testsuites", name="sharedctypes-conformance", time=f"{report.seconds:.3f}"
    )
    for subject, results in _by_subject(report):
        cases = [_case(result) for result in results]
        counts = Counter(child.tag for case in cases for child in case)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=f"{subject.backend.title} on {subject.interpreter.title}",
            tests=str(len(cases)),
            failures=str(counts["failure"]),
            errors=str(counts["error"]),
            skipped=str(counts["skipped"]),
            time=f"{sum(result.seconds for result in results):.3f}",
            timestamp=report.started,
        )
        suite.extend(cases)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _by_subject(report: Report) -> Iterator[tuple[Subject, list[Result]]]:
    for subject in report.subjects:
        names = subject.backend.module, subject.interpreter.executable
        results = [one for one in report.judged if (one.backend, one.interpreter) == names]
        if results:
            yield subject, results


def _case(result: Result) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        classname=f"{result.backend}.{result.clause.partition('.')[0]}",
        name=f"{result.clause}[{result.start_method}]",
        time=f"{result.seconds:.3f}",
    )
    if result.verdict is Verdict.ERROR:
        _tell(case, "error", result.message, explain_result(result))
    elif result.standing in _WRONG:
        _tell(case, "failure", in_short(result), explain_result(result))
    elif result.verdict not in (Verdict.PASS, Verdict.OBSERVED):
        _tell(case, "skipped", in_short(result))
    return case


def _tell(case: ElementTree.Element, tag: str, message: str, text: str = "") -> None:
    told = ElementTree.SubElement(case, tag, message=printable(message))
    told.text = printable(text)


def github_annotations(report: Report) -> Iterator[str]:
    """Yield a command of GitHub Actions for each clause that is not as expected."""
    for group in _grouped(one for one in report.judged if one.standing in _WRONG):
        first = group[0]
        where = ", ".join(one.start_method for one in group)
        title = f"{first.clause}: {first.word} ({first.backend}, {where})"
        yield f"::error title={_escaped(title, ':,')}::{_escaped(in_short(first))}"


def _escaped(text: str, also: str = "") -> str:
    """Return a text with those characters percent-encoded that end a part of a command."""
    text = printable(text)
    for char in f"%\r\n{also}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def github_summary(report: Report) -> str:
    """Return a summary in Markdown: a row for each backend, and a table of what is unexpected."""
    words = Counter(one.word for one in report.judged)
    lines = ["### sharedctypes-conformance", "", f"| backend | {' | '.join(words)} |"]
    lines.append("|---" * (1 + len(words)) + "|")
    for subject, results in _by_subject(report):
        counts = Counter(one.word for one in results)
        name = f"{subject.backend.title} on {subject.interpreter.title}"
        lines.append(f"| {_cell(name)} | {' | '.join(str(counts[word]) for word in words)} |")
    wrong = list(_grouped(one for one in report.judged if one.standing in _WRONG))
    if wrong:
        lines += ["", "| clause | verdict | where | what |", "|---|---|---|---|"]
    for group in wrong:
        first = group[0]
        where = f"{first.backend}: {', '.join(one.start_method for one in group)}"
        cells = (f"`{first.clause}`", first.word, where, in_short(first))
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    if not report.complete:
        lines += ["", "**The run is incomplete.**"]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Return a text for a cell of a table: in one line, with nothing that would end it."""
    safe = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
    return " ".join(safe.split())


def _grouped(results: Iterable[Result]) -> Iterator[list[Result]]:
    groups: dict[tuple[str, ...], list[Result]] = {}
    for one in results:
        key = (one.backend, one.interpreter, one.clause, one.word)
        groups.setdefault(key, []).append(one)
    yield from groups.values()
