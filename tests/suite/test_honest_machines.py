"""Correct backends that differ from the standard library wherever they may: none is accused.

They are judged over the whole contract, but several in one backend, with the locks of one, the
memory of another and the wrappers of a third; by few examples; and those under one start method
share its clauses. `selftest` judges each alone, by all. What a machine breaks by its nature, and
what cannot be judged of it, its module says.
"""

import importlib
from collections.abc import Iterable
from typing import Any

import pytest

from liars import honest
from liars.honest import combined
from sharedctypes_conformance.checks.kit import causes
from sharedctypes_conformance.selection import PROFILES

from .judging import METHODS, applicable, judge, stage_for

TOGETHER = {
    "handed_over_locks forwarding_wrappers anonymous_memory": "fork",
    "pthread_mutexes allocating_thread whole_pages": "fork",
    "record_locks functions_are_classes numpy_memory mapping_for_each": "forkserver",
    "own_exceptions token_in_a_pipe slow memory_server": "spawn",
}
# One is a module that cannot be combined, and one takes a whole processor while it waits. What they
# do otherwise shows where names are looked up, or where somebody waits for a lock.
ALONE = {
    "names_on_demand": ("context", "contamination", "module", "optimized", "seed"),
    "spinning_locks": ("interleaving", "liveness", "fault.killed-waiter-blocks-nobody"),
}

KEPT = ("pass", "observed")
EXAMPLES = 4


def test_every_machine_is_judged_and_every_start_method_used() -> None:
    assert {*ALONE, *" ".join(TOGETHER).split()} == set(honest.MACHINES)
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
    sharing = [one for one in TOGETHER if TOGETHER[one] == method]
    part = applicable(own_contexts=False)[sharing.index(machines) :: len(sharing)]
    clauses = [clause for clause in part if clause not in broken]
    assert _not_kept("honest.combined", method, clauses, together.UNJUDGED) == {}


@pytest.mark.parametrize("machine", ALONE)
def test_machine_alone_is_accused_of_nothing(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROFILES, "quick", EXAMPLES)
    broken = honest.breaks(machine, "fork")
    clauses = [
        clause
        for clause in applicable(own_contexts=False)
        if clause not in broken and {clause, clause.partition(".")[0]} & {*ALONE[machine]}
    ]
    assert _not_kept(f"honest.{machine}", "fork", clauses) == {}


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
