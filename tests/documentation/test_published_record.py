"""The published record and the shipped ledgers agree: each says what the other does."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from sharedctypes_conformance.contract import PLACES
from sharedctypes_conformance.record.page import read_record, with_table
from sharedctypes_conformance.verdicts import ledger as ledgers
from sharedctypes_conformance.verdicts.ledger import Ledger, LedgerError, parse_ledger
from sharedctypes_conformance.verdicts.model import Report, Result, Standing, Verdict

RECORD = PLACES.root / "reports" / "record"
BACKENDS = ("multiprocessing.sharedctypes", "multiprocess.sharedctypes", "billiard.sharedctypes")
SURPRISES = (Standing.UNEXPECTED, Standing.GONE, Standing.OVERDUE)


@cache
def record() -> Sequence[Report]:
    return read_record(RECORD)


def raw(result: Result) -> Verdict:
    """Return what was judged before a ledger was asked."""
    found, colon, _ = result.message.partition(": ")
    if result.verdict is Verdict.UNSUPPORTED and colon and found in [*Verdict]:
        return Verdict(found)
    return result.verdict


def told(backend: str, ledger: Ledger) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what a ledger says of each cell of the record of a backend.

    That is the interpreter, the start method, the clause or capability, whether somebody has to
    look at it, and the reason.
    """
    for report in record():
        for subject in report.subjects:
            cell = subject.backend.module, subject.interpreter.executable
            where = subject.interpreter, subject.backend
            if subject.backend.module != backend:
                continue
            for one in report.judged:
                if (one.backend, one.interpreter) == cell:
                    said = ledger.assess(raw(one), one.clause, *where, one.start_method, one.lacks)
                    unsaid = said.verdict is Verdict.UNSUPPORTED and not said.reason
                    red = "red" * (unsaid or said.standing in SURPRISES)
                    title = subject.interpreter.title
                    yield title, one.start_method, one.clause, red, said.reason
            for found in report.capabilities:
                is_there = (found.backend, found.interpreter) == cell and not found.is_lacking
                reason = ledger.declared(found.capability, *where, found.start_method)
                if is_there and reason:
                    title = subject.interpreter.title
                    yield title, found.start_method, found.capability, "red", reason


def text_of(backend: str) -> str:
    return (Path(ledgers.__file__).parent / "ledgers" / f"{backend}.toml").read_text("utf-8")


def test_the_page_and_the_table_are_of_the_published_reports() -> None:
    """They are made by `record --show`; a report that changed without it leaves them behind."""
    readme = (PLACES.root / "README.md").read_text("utf-8")
    assert with_table(readme, record()) == readme


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_record_has_nothing_that_the_ledger_does_not_say(backend: str) -> None:
    assert [one for one in told(backend, parse_ledger(text_of(backend), backend)) if one[3]] == []


def lines_that_count(backend: str) -> Iterator[int]:
    """Yield the numbers of the lines that say what is expected, and where.

    What is said of PyPy needs it in the record of the backend; and of several entries for a clause
    the first one that applies counts, so that later ones may say more than they need to.
    """
    subjects = [subject for report in record() for subject in report.subjects]
    seen = {one.interpreter.implementation for one in subjects if one.backend.module == backend}
    entries = text_of(backend).split("\n\n")
    clauses = Counter(
        line for entry in entries for line in entry.splitlines() if "clause =" in line
    )
    number = 0
    for entry in entries:
        lines = entry.splitlines()
        about = next((line for line in lines if line.startswith("implementation = ")), "")
        is_first_of_one = all(clauses[line] < 2 for line in lines)
        for line in lines:
            silent = line.startswith(("#", "link = ")) or not line
            silent = silent or ("pypy" not in seen and ("pypy" in about or line == about))
            silent = silent or (line.startswith("start_methods") and not is_first_of_one)
            if not silent:
                yield number
            number += 1
        number += 1


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_line_of_a_ledger_is_borne_out_by_the_record(backend: str) -> None:
    """Without it the record is red somewhere, or something else is the reason."""
    lines = text_of(backend).splitlines()
    whole = list(told(backend, parse_ledger("\n".join(lines), backend)))
    idle = []
    for number in lines_that_count(backend):
        try:
            shorter = parse_ledger("\n".join(lines[:number] + lines[number + 1 :]), backend)
        except LedgerError:
            continue  # the run ends at once
        if list(told(backend, shorter)) == whole:
            idle.append(f"line {number + 1}: {lines[number]}")
    assert idle == []
