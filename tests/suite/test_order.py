"""No check changes what another one finds: in any order the verdicts are the same.

The areas of this test kill, starve and fill up what they work on, and all checks of a cell share a
stage. So they are judged on the standard library, which breaks some of their clauses, in one order
and another.
"""

import random
import sys

import pytest

from sharedctypes_conformance.judging import confirm
from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.stage.stage import Stage

from .judging import applicable, judge

AREAS = ("contamination", "fault", "leak")
STANDARD = "multiprocessing.sharedctypes"


def verdicts_in(order: list[str], method: str) -> dict[str, str]:
    """Judge clauses on one stage in an order; return their verdicts."""
    stage = Stage(probe(sys.executable, STANDARD, {}).target(method))
    try:
        return {clause: judge(stage, clause).verdict.value for clause in order}
    finally:
        stage.close()


def clauses() -> list[str]:
    """Return the clauses of these areas that apply to this interpreter and have a verdict."""
    return [name for name in applicable(own_contexts=True) if name.partition(".")[0] in AREAS]


def test_verdicts_are_the_same_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    # What fails here is known, and need not be seen four times.
    monkeypatch.setattr(confirm, "TRIES", 1)
    # Forked children inherit most of what other checks have left.
    method = "fork"
    order = clauses()
    assert {clause.partition(".")[0] for clause in order} == set(AREAS)
    first = verdicts_in(order, method)
    random.Random(f"{method} {len(order)}").shuffle(order)
    assert verdicts_in(order, method) == first
