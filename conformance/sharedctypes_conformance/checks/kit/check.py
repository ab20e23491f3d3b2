"""`@check` ties a function to the clause that it judges, and makes it a pytest test.

`@observation` does so for a clause that is recorded and not judged.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from hypothesis.strategies import SearchStrategy

from ...contract import Grade, load_registry


@dataclass(frozen=True)
class Check:
    """A check: the clause that it judges, its body and what its body draws.

    Examples of a `costly` check start children of their own: there are a tenth as many. The body of
    one that `covers` something returns what its example covered, and how often; all of it has to be
    covered. What the body of one that is not `judged` returns is what it observed.
    """

    clause: str
    body: Callable[..., Any]
    strategies: dict[str, SearchStrategy[Any]] = field(default_factory=dict)
    costly: bool = False
    judged: bool = True
    covers: frozenset[str] = frozenset()


_checks: dict[str, Check] = {}


def check(
    clause_id: str,
    /,
    *,
    costly: bool = False,
    covers: Iterable[str] = (),
    **strategies: SearchStrategy[Any],
) -> Callable[[Callable[..., Counter[str] | None]], Callable[..., None]]:
    """Make `body(stage, **drawn)` the check of a clause.

    With strategies the body is run once per example; without, once. It returns if the clause was
    kept, raises a `Finding` if not, and `Unjudged` if it could not observe what it judges.
    Raises ContractError for an unknown clause, ValueError for one that has a check or is INFO, and
    for a body whose name pytest does not collect.
    """
    if load_registry().clause(clause_id).grade is Grade.INFO:
        raise ValueError(f"{clause_id} is INFO: it has an observation, not a check")
    return lambda body: _as_test(
        Check(clause_id, body, strategies, costly, covers=frozenset(covers))
    )


def observation(clause_id: str, /) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Make `body(stage)` the observation that an INFO clause asks for.

    What it returns is recorded as it is: plain data that JSON has (None, bool, int, float, str, and
    lists and dicts of these), short enough for a line. Raises like `check`.
    """
    if load_registry().clause(clause_id).grade is not Grade.INFO:
        raise ValueError(f"{clause_id} is judged: it has a check, not an observation")
    return lambda body: _as_test(Check(clause_id, body, judged=False))


def _as_test(checked: Check) -> Callable[..., None]:
    clause = load_registry().clause(checked.clause)
    if clause.id in _checks:
        raise ValueError(f"{clause.id} has two checks")
    name = checked.body.__name__
    if not name.startswith("test_"):
        raise ValueError(f"the function of {clause.id} is named {name}; pytest runs test_* alone")
    _checks[clause.id] = checked
    body = checked.body

    def test(judge: Callable[..., None]) -> None:
        judge(checked)

    test.__name__ = test.__qualname__ = body.__name__
    test.__module__ = body.__module__
    test.__doc__ = body.__doc__ or clause.says
    marks = (
        pytest.mark.clause(id=clause.id),
        pytest.mark.area(name=clause.area),
        pytest.mark.grade(name=clause.grade.value),
    )
    for mark in marks:
        test = mark(test)
    return test


@cache
def all_checks() -> dict[str, Check]:
    """Return every check of the suite by its clause's id."""
    checks = importlib.import_module(__package__.rpartition(".")[0])
    for module in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}."):
        if module.name.rpartition(".")[2].startswith("test_"):
            importlib.import_module(module.name)
    return _checks
