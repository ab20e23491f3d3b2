"""`@check` ties a function to the clause that it judges, and makes it a pytest test.

A function may judge several clauses that differ in what it is given: each has a `@check` of its own
above it, or, where they are the rows and columns of a matrix, `@check_matrix` stands for all of
them. Either way, each clause is one test, under the name of the function and of the clause.

`@observation` does so for a clause that is recorded and not judged.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from itertools import product
from typing import Any, Concatenate, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ...contract import Grade, load_registry
from ...strategies.tables import Table

Row = TypeVar("Row")
Column = TypeVar("Column")


@dataclass(frozen=True)
class Check:
    """A check: the clause that it judges, its body and what its body draws.

    What it draws from one of its `tables`, by name, is each row of it at least once.
    Examples of a `costly` check start children of their own: there are a tenth as many. Where they
    take long but show much, there are so many times `fewer`. The body of one that `covers`
    something returns what its example covered, and how often; all of it has to be covered. What the
    body of one that is not `judged` returns is what it observed.
    """

    clause: str
    body: Callable[..., Any]
    strategies: dict[str, SearchStrategy[Any]] = field(default_factory=dict)
    costly: bool = False
    judged: bool = True
    covers: frozenset[str] = frozenset()
    fewer: int = 1
    tables: dict[str, Table] = field(default_factory=dict)


@dataclass(frozen=True)
class _Tied:
    """A function that judges clauses, and its checks as parameters of the test that it became."""

    body: Callable[..., Any]
    parameters: list[Any]


_checks: dict[str, Check] = {}
_tests: dict[Callable[..., None], _Tied] = {}


def check(
    clause_id: str,
    /,
    *given: Any,
    costly: bool = False,
    covers: Iterable[str] = (),
    fewer: int = 1,
    **strategies: SearchStrategy[Any] | Table,
) -> Callable[[Callable[..., Counter[str] | None]], Callable[..., None]]:
    """Make `body(stage, *given, **drawn)` the check of a clause, or of one more.

    With strategies the body is run once per example, and for each row of a table; without, once.
    It returns if the clause is satisfied, raises a `Finding` if not, and `Unjudged` if it could not
    observe what it judges.
    Raises ContractError for an unknown clause, ValueError for one that has a check or is INFO, and
    for a body whose name pytest does not collect.
    """
    if load_registry().clause(clause_id).grade is Grade.INFO:
        raise ValueError(f"{clause_id} is INFO: it has an observation, not a check")
    tables = {name: rows for name, rows in strategies.items() if isinstance(rows, Table)}
    drawn = {name: _strategy(one) for name, one in strategies.items()}

    def tie(body: Callable[..., Any]) -> Check:
        @wraps(body)
        def with_given(stage: Any, **drawn: Any) -> Any:
            return body(stage, *given, **drawn)

        return Check(
            clause_id,
            with_given,
            drawn,
            costly,
            covers=frozenset(covers),
            fewer=fewer,
            tables=tables,
        )

    return lambda function: _as_test(function, tie)


def _strategy(given: SearchStrategy[Any] | Table) -> SearchStrategy[Any]:
    return st.sampled_from(given) if isinstance(given, Table) else given


def check_matrix(
    area: str, rows: Mapping[str, Row], columns: Mapping[str, Column], /, **options: Any
) -> Callable[
    [Callable[Concatenate[Any, Row, Column, ...], Counter[str] | None]], Callable[..., None]
]:
    """Make `body(stage, row, column, **drawn)` the check of clauses that have a row and a column.

    `rows` and `columns` say what the body is given for those of a name; `options` are those of
    `check`. Raises ValueError where an area has no clause for one of the pairs.
    """
    clauses = {(each.row, each.column): each.id for each in load_registry().area(area).clauses}
    missing = [pair for pair in product(rows, columns) if pair not in clauses]
    if missing:
        raise ValueError(f"{area} has no clause for {', '.join(map(str, missing))}")

    def tie(function: Callable[..., Any]) -> Callable[..., None]:
        # In reverse, as decorators apply from the bottom up.
        for row, column in reversed([*product(rows, columns)]):
            clause = clauses[row, column]
            function = check(clause, rows[row], columns[column], **options)(function)
        return function

    return tie


def observation(clause_id: str, /) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Make `body(stage)` the observation that an INFO clause asks for.

    What it returns is recorded as it is: plain data that JSON has (None, bool, int, float, str, and
    lists and dicts of these), short enough for a line. Raises like `check`.
    """
    if load_registry().clause(clause_id).grade is not Grade.INFO:
        raise ValueError(f"{clause_id} is judged: it has a check, not an observation")
    return lambda function: _as_test(function, lambda body: Check(clause_id, body, judged=False))


def _as_test(
    function: Callable[..., Any], tie: Callable[[Callable[..., Any]], Check]
) -> Callable[..., None]:
    """Return the test that a function becomes, or has become already, with one check more."""
    checked = tie(_tests[function].body if function in _tests else function)
    clause = load_registry().clause(checked.clause)
    if clause.id in _checks:
        raise ValueError(f"{clause.id} has two checks")
    name = checked.body.__name__
    if not name.startswith("test_"):
        raise ValueError(f"the function of {clause.id} is named {name}; pytest runs test_* alone")
    _checks[clause.id] = checked
    test = function if function in _tests else _test_of(function, clause.area)
    marks = (pytest.mark.clause(id=clause.id), pytest.mark.grade(name=clause.grade.value))
    name = clause.id.partition(".")[2]
    # Decorators apply from the bottom up, and tests are to be listed in the order of reading.
    _tests[test].parameters.insert(0, pytest.param(checked, id=name, marks=marks))
    return test


def _test_of(body: Callable[..., Any], area: str) -> Callable[..., None]:
    parameters: list[Any] = []

    # pytest looks at the parameters when it collects: until then there may be more.
    @pytest.mark.area(name=area)
    @pytest.mark.parametrize("checked", parameters)
    def test(run_check: Callable[[Check], None], checked: Check) -> None:
        run_check(checked)

    test.__name__ = test.__qualname__ = body.__name__
    test.__module__ = body.__module__
    test.__doc__ = body.__doc__
    _tests[test] = _Tied(body, parameters)
    return test


@cache
def all_checks() -> dict[str, Check]:
    """Return every check of the suite by its clause's id."""
    checks = importlib.import_module(__package__.rpartition(".")[0])
    for module in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}."):
        if module.name.rpartition(".")[2].startswith("test_"):
            importlib.import_module(module.name)
    return _checks
