"""The page that compares CPython's tests with the contract says what its tables say."""

import re

from cpython.assertions import table
from cpython.expectations import expectations
from cpython.page import PAGE, generated, written_by_hand
from sharedctypes_conformance.contract import load_registry


def test_the_clauses_named_exist() -> None:
    areas = "|".join(load_registry().areas)
    named = {
        clause
        for method in table().values()
        for assertion in method.assertions
        for clause in assertion.clauses
    }
    named |= {clause for each in expectations() for clause in each.clauses}
    # Reasons name some as well.
    named |= set(re.findall(rf"`((?:{areas})\.[a-z]+-[a-z-]+)`", PAGE.read_text("utf-8")))
    assert named <= set(load_registry().clauses)


def test_the_page_is_up_to_date() -> None:
    is_up_to_date = PAGE.read_text("utf-8") == f"{written_by_hand()}\n{generated()}"
    assert is_up_to_date, "bring it up to date: PYTHONPATH=tests python -m cpython.page"
