"""Correct backends that differ from the standard library wherever they may: none is accused.

Each is judged over the whole contract, but together with others, as the locks of one, the memory of
another and the wrappers of a third make one backend; and by few examples. What a machine breaks by
its nature, or what cannot be judged of it, its module says.
"""

import importlib
import platform
from collections.abc import Iterable
from typing import Any

import pytest

from liars import honest
from liars.honest import combined
from sharedctypes_conformance.checks.kit import causes
from sharedctypes_conformance.checks.kit.check import all_checks
from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.selection import PROFILES

from .judging import METHODS, judge, stage_for

TOGETHER = {
    "spinning_locks forwarding_wrappers anonymous_memory": "fork",
    "own_exceptions memory_server": "spawn",
    "token_in_a_pipe functions_are_classes numpy_memory": "forkserver",
    "pthread_mutexes slow": "spawn",
    "handed_over_locks allocating_thread whole_pages": "fork",
    "record_locks mapping_for_each": "forkserver",
}
# It is a module that cannot be combined. What is special about it is seen where names are used.
ALONE = "names_on_demand"
AREAS_OF_NAMES = ("context", "contamination", "module", "optimized", "seed")

KEPT = ("pass", "observed")
EXAMPLES = 4


def test_every_machine_is_judged_and_every_start_method_used() -> None:
    assert {ALONE, *" ".join(TOGETHER).split()} == set(honest.MACHINES)
    assert set(TOGETHER.values()) == set(METHODS)


@pytest.mark.parametrize("machines", TOGETHER)
def test_machines_are_accused_of_nothing(machines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "numpy" in machines:
        pytest.importorskip("numpy", reason="numpy was not built for this Python yet")
    monkeypatch.setenv(combined.VARIABLE, machines)
    together: Any = importlib.reload(combined)
    method = TOGETHER[machines]
    assert all(method in honest.start_methods(machine) for machine in machines.split())
    monkeypatch.setitem(PROFILES, "quick", EXAMPLES)
    broken = {clause for clause, methods in together.BREAKS.items() if method in methods}
    clauses = [clause for clause in _applicable() if clause not in broken]
    assert _not_kept("honest.combined", method, clauses, together.UNJUDGED) == {}


def test_module_without_names_is_accused_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROFILES, "quick", EXAMPLES)
    broken = honest.breaks(ALONE, "forkserver")
    clauses = [
        clause
        for clause in _applicable()
        if clause.partition(".")[0] in AREAS_OF_NAMES and clause not in broken
    ]
    assert _not_kept(f"honest.{ALONE}", "forkserver", clauses) == {}


def _applicable() -> list[str]:
    version = platform.python_version()
    return [clause for clause in all_checks() if load_registry().clause(clause).applies_to(version)]


def _not_kept(
    name: str, method: str, clauses: Iterable[str], unjudged: Iterable[str] = ()
) -> dict[str, str]:
    """Judge clauses; return what was found of those that are not as they should be."""
    causes._causes.cache_clear()  # it knows backends by their names
    stage = stage_for(name, method)
    try:
        judgements = {clause: judge(stage, clause) for clause in clauses}
    finally:
        stage.close()
        causes._causes.cache_clear()
    expected = dict.fromkeys(unjudged, ("inconclusive",))
    return {
        clause: f"{one.verdict.value}: {one.message}"
        for clause, one in judgements.items()
        if one.verdict.value not in expected.get(clause, KEPT)
    }
