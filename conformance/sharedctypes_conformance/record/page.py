"""What is read of the record: the page, and the table that the README shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..backends import REFERENCE, STANDARD_LIBRARY
from ..reports.page import page_of
from ..verdicts.model import Report, Subject
from ..verdicts.reading import read_report
from ..verdicts.tally import tally
from ..verdicts.writing import write_whole
from .environments import INSTALLED

SUFFIX = ".json.gz"
PAGE = "page.html"
BEGIN, END = "<!-- record -->\n", "<!-- end of record -->\n"


def read_record(folder: Path) -> list[Report]:
    """Return the reports of a record, CPython's first, older versions before newer ones.

    Raises ReportError.
    """
    return sorted(map(read_report, folder.glob(f"*{SUFFIX}")), key=_order)


def _order(report: Report) -> tuple[bool, tuple[int, ...]]:
    interpreter = report.subjects[0].interpreter
    version = tuple(map(int, interpreter.python.split(".")[:2]))
    return interpreter.implementation != "cpython", version


def write_page(reports: Sequence[Report], folder: Path) -> Path:
    """Write the page of a record; raises OSError."""
    write_whole(folder / PAGE, page_of(reports))
    return folder / PAGE


def table(reports: Sequence[Report]) -> str:
    """Return the table: for each backend and interpreter, how many clauses are kept, of how many.

    A clause is counted if it is of grade MUST or SHOULD and was judged under each start method.
    """
    columns = [_short(report.subjects[0]) for report in reports]
    rows = [["backend", *columns], ["---", *("---:" for _ in columns)]]
    rows += [
        [f"`{backend}`", *(_cell(report, backend) for report in reports)]
        for backend in (REFERENCE, STANDARD_LIBRARY, *INSTALLED)
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _short(subject: Subject) -> str:
    interpreter = subject.interpreter
    minor = ".".join(interpreter.python.split(".")[:2]) + "t" * interpreter.free_threaded
    return minor if interpreter.implementation == "cpython" else f"PyPy {minor}"


def _cell(report: Report, backend: str) -> str:
    counted = tally(result for result in report.judged if result.backend == backend)
    return f"{counted.kept}/{counted.judged}" if counted.judged else "-"


def with_table(text: str, reports: Sequence[Report]) -> str:
    """Return the README's text with the table of a record."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{table(reports)}{rest[rest.index(END) :]}"
