"""What a run prints: progress, a table per backend, the findings, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from textwrap import shorten
from typing import Self

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from ..verdicts.matrix import parts
from ..verdicts.model import Matrix, Report, Result, Standing, Subject, Verdict
from .findings import show_findings
from .lacking import is_for_lack, lines_about_capabilities, lines_about_origins
from .pace import Pace
from .styles import OPEN, OPEN_STYLE, STYLES, style_of_result
from .words import clauses_in_words, in_lines, means_of

# If there are more clauses than this, those of an area that pass everywhere share a row.
MOST_ROWS = 30

# An observation is cut to this many characters if there are many.
SHORT = 48


class Watch:
    """The progress of a run: a bar in a terminal, elsewhere a line now and then.

    What is found is printed when it is found, in a line.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._pace = Pace(console)
        self._judged = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("starting", total=None)
        self._found: Counter[str] = Counter()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._progress.stop()

    def total(self, cells: int) -> None:
        """Set the number of cells."""
        self._progress.update(self._task, total=cells, description="judging")

    def result(self, result: Result) -> None:
        """Advance by one cell."""
        if result.verdict not in (Verdict.PASS, Verdict.OBSERVED):
            self._found[result.verdict.value] += 1
        found = ", ".join(f"{count} {verdict}" for verdict, count in self._found.items())
        self._judged += 1
        if result.is_surprise:
            word = Text(result.word, style_of_result(result))
            line = f"  {result.clause}  {result.backend} ({result.start_method})"
            self._console.print(Text.assemble(word, line), soft_wrap=True)
        total = self._progress.tasks[0].total or 0
        line = f"{self._judged} of at most {total:.0f} cells judged"
        self._pace.say(line + (f": {found}" if found else ""))
        where = f"{result.backend} {result.start_method}"
        description = f"judging {where}" + (f" [{found}]" if found else "")
        self._progress.update(self._task, advance=1, description=description)


def show(report: Report, console: Console) -> None:
    """Print a report."""
    for subject in report.subjects:
        results = [result for result in report.results if _is_of(result, subject)]
        observed = [result for result in results if result.verdict is Verdict.OBSERVED]
        judged = [result for result in results if result.verdict is not Verdict.OBSERVED]
        if observed:
            console.print(_observations(subject, observed))
        if judged:
            console.print(_table(subject, judged))
        for matrix in report.matrices:
            if _is_of(matrix, subject) and _is_shown(matrix, judged):
                for part in parts(matrix):
                    console.print(_as_table(part, subject))
    counted = report.judged
    show_findings(report, console)
    for line in (*_consequences(counted), *_lesser_means(counted)):
        console.print(line)
    for line in (*lines_about_capabilities(report), *lines_about_origins(report)):
        console.print(line)
    console.print(_sum(report))


def _is_of(part: Result | Matrix, subject: Subject) -> bool:
    return (
        part.backend == subject.backend.module
        and part.interpreter == subject.interpreter.executable
    )


def _table(subject: Subject, results: list[Result]) -> Table:
    methods = list(dict.fromkeys(result.start_method for result in results))
    table = _titled(f"{subject.backend.title} on {subject.interpreter.title}")
    table.add_column("clause", overflow="fold")
    table.add_column("grade")
    for method in methods:
        table.add_column(method)
    clauses: dict[str, dict[str, Result]] = {}
    for result in results:
        clauses.setdefault(result.clause, {})[result.start_method] = result
    for area, names in groupby(clauses, key=lambda clause: clause.partition(".")[0]):
        shown = list(names)
        together = len(clauses) > MOST_ROWS
        passing = [name for name in shown if together and _passes(clauses[name])]
        unsupported = [name for name in shown if together and _lacks(clauses[name])]
        for name in shown:
            if name not in (*passing, *unsupported):
                cells = clauses[name]
                grade = next(iter(cells.values())).grade
                table.add_row(name, grade, *(_cell(cells.get(method)) for method in methods))
        if passing:
            number = f"{len(passing)} {'clauses' if passing == shown else 'others'}"
            passed = Text(Verdict.PASS.value, style=STYLES[Standing.EXPECTED])
            table.add_row(f"{area}: {number}", "", *(passed for _ in methods))
        if unsupported:
            word = Text(Verdict.UNSUPPORTED.value, style=OPEN_STYLE)
            table.add_row(f"{area}: {len(unsupported)} unsupported", "", *(word for _ in methods))
        table.add_section()
    return table


def _is_shown(matrix: Matrix, results: list[Result]) -> bool:
    """Return whether a matrix says more than the row of its area in the table."""
    if {text for row in matrix.rows.values() for text in row.values()} == {Verdict.UNSUPPORTED}:
        return False
    areas = {result.clause.partition(".")[0] for result in results}
    return not matrix.passes or areas == {matrix.area}


def _as_table(matrix: Matrix, subject: Subject) -> Table:
    table = _titled(f"{matrix.title}: {subject.backend.title} on {subject.interpreter.title}")
    table.add_column(matrix.area, no_wrap=True)
    for column in matrix.columns:
        table.add_column(column, overflow="fold")
    for row, texts in matrix.rows.items():
        words = (texts.get(column, "") for column in matrix.columns)
        table.add_row(row, *(Text(word, style=_style_of(word)) for word in words))
    return table


def _style_of(text: str) -> str:
    if text in (Verdict.PASS, ""):
        return STYLES[Standing.EXPECTED]
    parts = [part.partition(" (")[0] for part in text.split("; ")]
    if all(part.endswith(f", {Standing.KNOWN}") for part in parts):
        return STYLES[Standing.KNOWN]
    if set(parts) <= set(OPEN):
        return OPEN_STYLE
    return STYLES[Standing.UNEXPECTED]


def _passes(cells: dict[str, Result]) -> bool:
    return all(_cell(result).plain == Verdict.PASS.value for result in cells.values())


def _lacks(cells: dict[str, Result]) -> bool:
    return all(is_for_lack(result) for result in cells.values())


def _titled(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )


def _observations(subject: Subject, results: list[Result]) -> Table:
    """Return a table of what was recorded; start methods with the same outcome share a row."""
    clauses: dict[str, dict[str, list[str]]] = {}
    for result in results:
        same = clauses.setdefault(result.clause, {})
        same.setdefault(in_lines(result.observed), []).append(result.start_method)
    # The report has all of it.
    short = len(clauses) > MOST_ROWS
    table = _titled(f"Observed of {subject.backend.title} on {subject.interpreter.title}")
    for title in ("clause", "start method", "observed"):
        table.add_column(title, overflow="fold")
    methods = {result.start_method for result in results}
    for clause, same in clauses.items():
        for observed, group in same.items():
            line = observed.replace("\n", "; ")
            shown = shorten(line, SHORT, placeholder=" ...") if short else observed
            where = "all" if set(group) == methods else ", ".join(group)
            table.add_row(clause, where, Text(shown))
    return table


def _cell(result: Result | None) -> Text:
    if result is None:
        return Text("-", style="dim")
    return Text(result.word, style=style_of_result(result))


def _consequences(results: Iterable[Result]) -> list[Text]:
    """Return a line for each clause from whose failure it follows that others were not judged."""
    clauses: dict[tuple[str, str], dict[str, None]] = {}
    for result in results:
        if result.follows_from and not is_for_lack(result):
            key = (result.follows_from, result.backend)
            clauses.setdefault(key, {})[result.clause] = None
    return [
        Text(f"not judged because of {cause}  {backend}: {clauses_in_words(len(names))}")
        for (cause, backend), names in clauses.items()
    ]


def _lesser_means(results: Iterable[Result]) -> list[Text]:
    """Return a line for each means that was used instead of a better one."""
    clauses: dict[tuple[str, str], dict[str, None]] = {}
    for result in results:
        if result.instead_of:
            clauses.setdefault((result.backend, means_of(result)), {})[result.clause] = None
    return [
        Text(f"judged by {means}  {backend}: {', '.join(names)}")
        for (backend, means), names in clauses.items()
    ]


def _sum(report: Report) -> Text:
    counts = Counter(_cell(result).plain for result in report.judged)
    verdicts = ", ".join(f"{count} {word}" for word, count in counts.most_common()) or "nothing"
    lacking = sum(map(is_for_lack, report.judged))
    judged = f"{counts.total()} {'cell' if counts.total() == 1 else 'cells'} judged"
    if lacking:
        judged = f"{counts.total() - lacking} of {counts.total()} cells judged"
    line = Text(f"{judged} in {report.seconds:.0f} s: {verdicts}.")
    for subject in report.controls:
        line.append(f" Control: {subject.backend.title}.")
    if report.open:
        count = len(report.open)
        cells = "cell of a MUST clause" if count == 1 else "cells of MUST clauses"
        line.append(f" Not judged: {count} {cells}.", style="bold red")
    if not report.complete:
        line.append(" The run is incomplete.", style="bold red")
    for sentence in report.skipped:
        line.append(f"\nSkipped: {sentence}")
    if report.left:
        names = f"{len(report.left)} name" + "s" * (len(report.left) > 1)
        some = ", ".join(report.left[:3]) + ", ..." * (len(report.left) > 3)
        # Other programs make some, too, and nobody can tell whose those are that nobody holds.
        line.append(f"\nNew in shared memory, and held by no process: {names} ({some}).")
        line.append(" They are of this run, or of a program beside it.")
    return line
