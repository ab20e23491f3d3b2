"""Matrices: results of clauses that differ in two things only, as a table of these two."""

from __future__ import annotations

from collections.abc import Iterable

from ..contract import Registry
from .model import KEPT, Matrix, Result, Verdict


def matrices(results: Iterable[Result], registry: Registry) -> tuple[Matrix, ...]:
    """Return a matrix for each area that has one and each subject, of the results there are."""
    # By subject and area; then by row and column, the results of all start methods.
    grouped: dict[tuple[str, str, str], dict[tuple[str, str], list[Result]]] = {}
    for result in results:
        clause = registry.clause(result.clause)
        if clause.row and result.verdict is not Verdict.OBSERVED:
            cells = grouped.setdefault((result.backend, result.interpreter, clause.area), {})
            cells.setdefault((clause.row, clause.column), []).append(result)
    return tuple(
        Matrix(
            area=area,
            title=registry.area(area).title,
            backend=backend,
            interpreter=interpreter,
            columns=tuple(dict.fromkeys(column for _, column in cells)),
            rows=_rows(cells),
        )
        for (backend, interpreter, area), cells in grouped.items()
    )


def _rows(cells: dict[tuple[str, str], list[Result]]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for (row, column), results in cells.items():
        rows.setdefault(row, {})[column] = _text(results)
    return rows


def _text(results: list[Result]) -> str:
    """Return what became of the clauses of one cell."""
    words: dict[str, set[str]] = {}
    for result in results:
        words.setdefault(result.word, set()).add(result.start_method)
    passed = words.pop(Verdict.PASS.value, set())
    if len(words) == 1 and not passed:
        return next(iter(words))
    said = [f"{word} ({', '.join(sorted(methods))})" for word, methods in words.items()]
    return "; ".join(said) or KEPT
