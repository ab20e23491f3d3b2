"""Matrices: results of clauses that differ only in a row and a column, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..contract import Registry
from .model import Matrix, Result, Verdict


def matrices(results: Iterable[Result], registry: Registry) -> tuple[Matrix, ...]:
    """Return a matrix for each subject and each area that has rows and columns."""
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


def parts(matrix: Matrix) -> Iterator[Matrix]:
    """Yield a matrix in parts that are not too wide, without rows that are empty.

    Columns of one part have the same remark after a comma in their names, which is said once.
    """
    remarks: dict[str, list[str]] = {}
    for column in matrix.columns:
        remarks.setdefault(column.partition(", ")[2], []).append(column)
    for remark, columns in remarks.items():
        kinds = {column: column.partition(", ")[0] for column in columns}
        rows = {
            name: {kinds[column]: row[column] for column in columns if column in row}
            for name, row in matrix.rows.items()
        }
        yield matrix.model_copy(
            update={
                "title": f"{matrix.title}, {remark}" if remark else matrix.title,
                "columns": tuple(kinds.values()),
                "rows": {name: row for name, row in rows.items() if row},
            }
        )


def _rows(cells: dict[tuple[str, str], list[Result]]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for (row, column), results in cells.items():
        rows.setdefault(row, {})[column] = _text(results)
    return rows


def _text(results: list[Result]) -> str:
    """Return the verdicts on one clause under all start methods."""
    words: dict[str, set[str]] = {}
    for result in results:
        words.setdefault(result.word, set()).add(result.start_method)
    passed = words.pop(Verdict.PASS.value, set())
    if len(words) == 1 and not passed:
        return next(iter(words))
    verdicts = [f"{word} ({', '.join(sorted(methods))})" for word, methods in words.items()]
    return "; ".join(verdicts) or Verdict.PASS.value
