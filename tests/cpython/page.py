"""Generates the part of docs/cpython-tests.md that follows from the tables and the contract.

    PYTHONPATH=tests python -m cpython.page

A test checks that the page is up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sharedctypes_conformance.contract import Area, Clause, Grade, load_registry

from .assertions import Method, table
from .expectations import Expectation, expectations

PAGE = Path(__file__).parent.parent.parent / "docs" / "cpython-tests.md"
START = "<!-- Generated from here on by tests/cpython/page.py: change the tables it reads. -->\n"


def generated() -> str:
    """Return the generated part of the page."""
    methods = list(table().values())
    parts = [
        _assertions(methods),
        _without_clause(methods),
        _without_assertion(methods),
        _on_the_reference(methods),
        _on_the_standard_library(expectations()),
    ]
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _ids(clauses: Iterable[str]) -> str:
    return ", ".join(f"`{clause}`" for clause in clauses)


def _assertions(methods: list[Method]) -> str:
    rows = []
    for method in methods:
        name = f"`{method.name}`" + (f" (from Python {method.since})" if method.since else "")
        for assertion in method.assertions:
            rows.append([name, assertion.says, _ids(assertion.clauses) or "none, see below"])
            name = ""
    return "## Assertions of CPython's tests, and the clauses that say the same\n\n" + _table(
        ["test", "what it asserts", "clauses"], rows
    )


def _without_clause(methods: list[Method]) -> str:
    rows = [
        [f"`{method.name}`", assertion.says, assertion.no_clause]
        for method in methods
        for assertion in method.assertions
        if assertion.no_clause
    ]
    return "## Assertions without a clause\n\n" + _table(
        ["test", "what it asserts", "why there is no clause"], rows
    )


def _without_assertion(methods: list[Method]) -> str:
    asserted = {
        clause
        for method in methods
        for assertion in method.assertions
        for clause in assertion.clauses
    }
    missing = {
        area.name: [each for each in _judged(area) if each.id not in asserted]
        for area in load_registry().areas.values()
    }
    rows, lists = [], []
    for area in load_registry().areas.values():
        judged, none = len(_judged(area)), missing[area.name]
        rows.append([area.name, str(judged), str(judged - len(none)), str(len(none))])
        if none:
            lists.append(f"- {area.name}: {_ids(each.id for each in none)}\n")
    totals = [sum(int(row[column]) for row in rows) for column in (1, 2, 3)]
    rows.append([f"**{each}**" for each in ("all", *map(str, totals))])
    return (
        "## Clauses without an assertion\n\n"
        f"Of {totals[0]} clauses that are judged, {totals[1]} are asserted by CPython's tests, at "
        f"least in part, and {totals[2]} are not. (Clauses that are only recorded are left "
        "out.)\n\n"
        + _table(["area", "judged clauses", "asserted", "not asserted"], rows)
        + "\nNot asserted:\n\n"
        + "".join(lists)
    )


def _judged(area: Area) -> list[Clause]:
    return [clause for clause in area.clauses if clause.grade is not Grade.INFO]


def _on_the_reference(methods: list[Method]) -> str:
    left_out = [method for method in methods if method.not_applicable]
    return (
        "## CPython's tests on the reference implementation\n\n"
        f"{len(methods) - len(left_out)} of {len(methods)} apply to it, and pass under fork, spawn "
        "and forkserver. These do not apply:\n\n"
        + _table(
            ["test", "why it does not apply"],
            ([f"`{method.name}`", method.not_applicable] for method in left_out),
        )
    )


def _on_the_standard_library(known: list[Expectation]) -> str:
    def rows(reasons: Iterable[tuple[Expectation, str]]) -> list[list[str]]:
        return [
            ["<br>".join(f"`{test}`" for test in each.tests), reason]
            for each, reason in reasons
            if reason
        ]

    failing = [(each, _ids(each.clauses) or each.fails) for each in known]
    return (
        "## Tests of the reference implementation on the standard library\n\n"
        "The tests in `tests/reference` were written for the reference, which promises more than "
        "the contract asks for. On the standard library all of them pass except these, which fail "
        "because of clauses that are in its ledger, or for a reason that no clause covers:\n\n"
        + _table(["test", "why it fails"], rows(failing))
        + "\nThese are not run:\n\n"
        + _table(["test", "why it is not run"], rows((each, each.not_applicable) for each in known))
    )


def written_by_hand() -> str:
    """Return the part of the page before the generated one."""
    before, mark, _ = PAGE.read_text("utf-8").partition(START)
    if not mark:
        raise ValueError(f"{PAGE} lacks the line {START!r}")
    return before + mark


if __name__ == "__main__":
    PAGE.write_text(f"{written_by_hand()}\n{generated()}", "utf-8")
