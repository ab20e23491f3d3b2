"""`@check`: ties a function to the clause that it judges, and makes it a pytest test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis.strategies import SearchStrategy

from ..contract import load_registry


def check(
    clause_id: str, **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make `body(stage, **drawn)` the check of a clause.

    With strategies the body is run once per example; without, once. It returns if the clause was
    kept, raises a `Finding` if not, and `Unjudged` if it could not observe what it judges.
    Raises ContractError for an unknown clause.
    """
    clause = load_registry().clause(clause_id)

    def decorate(body: Callable[..., None]) -> Callable[..., None]:
        def test(judge: Callable[..., None]) -> None:
            judge(body, strategies)

        test.__name__ = test.__qualname__ = body.__name__
        test.__module__ = body.__module__
        test.__doc__ = body.__doc__ or clause.says
        marks = (
            pytest.mark.clause(clause.id),
            pytest.mark.area(clause.area),
            pytest.mark.grade(clause.grade.value),
        )
        for mark in marks:
            test = mark(test)
        return test

    return decorate
