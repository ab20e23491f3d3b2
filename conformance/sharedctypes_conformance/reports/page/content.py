"""What the page shows, as plain data: what held is counted, and what did not is told.

All texts of a report pass through `printable`, so that none can hide what it says from a reader.
Texts that recur, such as the lines of a history, are in one list, and everything else has their
numbers. What is named by a report is a value here and never a key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...contract import Clause, load_registry
from ...reproducers.reading import NoReproducer
from ...reproducers.script import Story, script_of
from ...verdicts.control import WORDS
from ...verdicts.model import Report, Result, Subject, Verdict
from ...verdicts.texts import printable
from ..words import command_of, in_lines, means_of
from .lanes import lanes_of
from .marks import KINDS, kind_of, letter_of

METHODS = ("fork", "spawn", "forkserver")
_LINK = re.compile(r"https://[\w.-]+(?:/[^\s<>\"'\\]*)?$")
# A word of each kind of verdict and standing is a digit of this base.
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass
class Column:
    """A backend in an interpreter, with its results by start method and clause."""

    number: int
    backend: str
    interpreter: str
    platform: str
    started: str
    is_control: bool
    contexts: str = "multiprocessing"
    results: dict[str, dict[str, Result]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What was judged, as a heading says it."""
        control = " (control)" if self.is_control else ""
        return f"{self.backend} on {self.interpreter}{control}"

    def counts(self, method: str) -> Counter[str]:
        """Return how many clauses there are of each kind under a start method."""
        return Counter(kind_of(result) for result in self.results.get(method, {}).values())


@dataclass(frozen=True)
class Content:
    """All that the page shows: columns and methods for its summary, the rest as data."""

    columns: list[Column]
    methods: list[str]
    clauses: int
    data: dict[str, Any]


def content_of(reports: Sequence[Report]) -> Content:
    """Return what a page of these reports shows."""
    columns, matrices = _columns(reports)
    found = {method for column in columns for method in column.results}
    methods = [method for method in METHODS if method in found]
    methods += sorted(found.difference(METHODS))
    texts, words = _Numbered(), _Numbered()
    clauses = [
        _clause(name, columns, methods, texts, words)
        for name in _in_order(
            name for one in columns for each in one.results.values() for name in each
        )
    ]
    registry = load_registry()
    areas = dict.fromkeys(clause["area"] for clause in clauses)
    data = {
        "methods": methods,
        "columns": [
            {"backend": one.backend, "interpreter": one.interpreter, "title": one.title}
            for one in columns
        ],
        "kinds": list(KINDS),
        "areas": [
            {"name": name, "title": registry.areas[name].title if name in registry.areas else ""}
            for name in areas
        ],
        "clauses": clauses,
        "matrices": matrices,
        "words": words.values,
        "texts": texts.values,
    }
    return Content(columns, methods, len(clauses), data)


class _Numbered:
    """Values that are written once, and their numbers."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]

    def lines(self, lines: Iterable[str]) -> list[int]:
        return [self.number(printable(line)) for line in lines]


def _columns(reports: Sequence[Report]) -> tuple[list[Column], list[dict[str, Any]]]:
    columns: list[Column] = []
    matrices: list[dict[str, Any]] = []
    seen: Counter[tuple[str, str]] = Counter()
    for report in reports:
        mine: dict[tuple[str, str], Column] = {}
        for key, subject in _subjects(report).items():
            backend = printable(subject.backend.title if subject else key[0])
            interpreter = printable(subject.interpreter.title if subject else key[1])
            # Two that have the same name are two all the same.
            seen[backend, interpreter] += 1
            again = seen[backend, interpreter]
            mine[key] = Column(
                number=len(columns) + 1,
                backend=backend,
                interpreter=interpreter + (f" ({again})" if again > 1 else ""),
                platform=printable(subject.interpreter.platform) if subject else "",
                started=printable(report.started),
                contexts=subject.backend.contexts if subject else "multiprocessing",
                is_control=any(key[0] == one.backend.module for one in report.controls),
            )
            columns.append(mine[key])
        for result in report.results:
            results = mine[result.backend, result.interpreter].results
            results.setdefault(printable(result.start_method), {})[result.clause] = result
        matrices += _matrices(report, mine)
    return columns, matrices


def _subjects(report: Report) -> dict[tuple[str, str], Subject | None]:
    """Return what was judged by the names in results, None if a report does not describe it."""
    subjects: dict[tuple[str, str], Subject | None] = {
        (one.backend.module, one.interpreter.executable): one
        for one in (*report.subjects, *report.controls)
    }
    for result in report.results:
        subjects.setdefault((result.backend, result.interpreter))
    return subjects


def _matrices(report: Report, columns: dict[tuple[str, str], Column]) -> Iterator[dict[str, Any]]:
    for matrix in report.matrices:
        column = columns.get((matrix.backend, matrix.interpreter))
        if column is not None:
            yield {
                "area": printable(matrix.area),
                "title": printable(matrix.title),
                "column": column.number - 1,
                "columns": [printable(name) for name in matrix.columns],
                "rows": [
                    [printable(name), [printable(row.get(each, "")) for each in matrix.columns]]
                    for name, row in matrix.rows.items()
                ],
            }


def _in_order(names: Iterable[str]) -> list[str]:
    """Return clauses in the order of the contract, and then those that are not in it."""
    found = dict.fromkeys(names)
    known = [name for name in load_registry().clauses if name in found]
    return known + sorted(found.keys() - set(known))


def _clause(
    name: str,
    columns: Sequence[Column],
    methods: Sequence[str],
    texts: _Numbered,
    words: _Numbered,
) -> dict[str, Any]:
    clause: Clause | None = load_registry().clauses.get(name)
    told: dict[str, dict[str, Any]] = {}
    cells = []
    grade = clause.grade.value if clause else ""
    for column in columns:
        digits = ""
        for method in methods:
            result = column.results.get(method, {}).get(name)
            if result is None:
                digits += "."
                continue
            grade = grade or printable(result.grade)
            word = words.number((letter_of(result), result.word, kind_of(result)))
            digits += DIGITS[word]
            if _is_told(result):
                one = {"column": column.number - 1, "word": word, **_told(result, texts)}
                new = {**one, "methods": [], "commands": [], "reproducers": []}
                one = told.setdefault(repr(one), new)
                one["methods"].append(methods.index(method))
                one["commands"].append(texts.number(_command(result)))
                one["reproducers"].append(texts.lines(_reproducer(column, result)))
        cells.append(digits)
    described = {"says": clause.says, "section": clause.section} if clause else {}
    if clause is not None:
        for key in ("quote", "since", "until", "of_packages", "row", "column"):
            if getattr(clause, key):
                described[key] = getattr(clause, key)
    return {
        "id": printable(name),
        "area": printable(name.partition(".")[0]),
        "grade": grade,
        **described,
        "cells": cells,
        "told": list(told.values()),
    }


def _is_told(result: Result) -> bool:
    """Return whether there is more to say about a result than that the clause held."""
    return kind_of(result) != "pass" or bool(result.instead_of)


def _told(result: Result, texts: _Numbered) -> dict[str, Any]:
    """Return what a result says, without what it does not say."""
    said = {
        "message": result.message,
        "observed": in_lines(result.observed) if result.verdict is Verdict.OBSERVED else "",
        "control": WORDS[result.control] if result.control else "",
        "means": means_of(result) if result.means else "",
        "because": result.follows_from,
    }
    reason, link = _without_link(result.reason)
    said |= {"reason": reason, "link": link}
    lines: dict[str, Sequence[str]] = {}
    evidence = result.evidence
    if evidence is not None:
        said["example"] = evidence.example
        if evidence.tries:
            said["recurred"] = f"{evidence.recurred} of {evidence.tries} in fresh processes"
        lines = {
            "history": evidence.history,
            "source": evidence.source.splitlines(),
            "output": evidence.output.splitlines(),
        }
    told: dict[str, Any] = {
        key: texts.number(printable(text)) for key, text in said.items() if text
    }
    told |= {key: texts.lines(each) for key, each in lines.items() if each}
    lanes = lanes_of(evidence.moments) if evidence is not None else None
    if lanes is not None:
        rows = [[*row[:2], texts.number(printable(row.code)), *row[3:]] for row in lanes.rows]
        told["lanes"] = {"actors": texts.lines(lanes.actors), "rows": rows}
    return told


def _reproducer(column: Column, result: Result) -> list[str]:
    """Return the lines of a program that shows a finding again, none if there is no such program.

    It is not run: a page is written where the backend need not be.
    """
    if not (result.verdict.is_finding or result.verdict is Verdict.UNSUPPORTED):
        return []
    try:
        return script_of(Story(result, column.contexts, column.interpreter)).splitlines()
    except NoReproducer:
        return []


def _without_link(reason: str) -> tuple[str, str]:
    """Return a reason without the link at its end, and that link; only https is one."""
    found = _LINK.search(reason)
    return (reason[: found.start()].rstrip(), found.group()) if found else (reason, "")


def _command(result: Result) -> str:
    """Return the command that judges again, or "" if a report could put more into a terminal."""
    command = command_of(result)
    return command if command.isprintable() else ""
