"""`@check`: ties a function to the clause that it judges, and makes it a pytest test."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis.strategies import SearchStrategy

from ..contract import load_registry


@dataclass(frozen=True)
class Check:
    """A check: the clause that it judges, its body and what its body draws."""

    clause: str
    body: Callable[..., None]
    strategies: dict[str, SearchStrategy[Any]]


_checks: dict[str, Check] = {}


def check(
    clause_id: str, **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make `body(stage, **drawn)` the check of a clause.

    With strategies the body is run once per example; without, once. It returns if the clause was
    kept, raises a `Finding` if not, and `Unjudged` if it could not observe what it judges.
    Raises ContractError for an unknown clause, ValueError for one that has a check.
    """
    clause = load_registry().clause(clause_id)

    def decorate(body: Callable[..., None]) -> Callable[..., None]:
        if clause_id in _checks:
            raise ValueError(f"{clause_id} has two checks")
        _checks[clause_id] = Check(clause_id, body, strategies)

        def test(judge: Callable[..., None]) -> None:
            judge(body, strategies)

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

    return decorate


@cache
def all_checks() -> dict[str, Check]:
    """Return every check of the suite by its clause's id."""
    suite = importlib.import_module(__package__)
    for module in pkgutil.iter_modules(suite.__path__, f"{__package__}."):
        if module.name.rpartition(".")[2].startswith("test_"):
            importlib.import_module(module.name)
    return _checks
