"""Backends that lie about nothing: some that liars extend or tests use, and the machines.

A machine is a correct backend that does something otherwise than the standard library does, as the
contract allows: its locks, where its memory is, what its wrappers and its functions are. Judged
over the whole contract, under each start method that it has, none may be accused.
"""

import importlib
from typing import Any, Set, Tuple

MACHINES = (
    # Locks.
    "token_in_a_pipe",
    "record_locks",
    "pthread_mutexes",
    "spinning_locks",
    "handed_over_locks",
    # Memory.
    "mapping_for_each",
    "numpy_memory",
    "memory_server",
    "whole_pages",
    "allocating_thread",
    "anonymous_memory",
    # Wrappers and functions.
    "forwarding_wrappers",
    "functions_are_classes",
    "names_on_demand",
    "own_exceptions",
    "slow",
)

ALL = ("fork", "spawn", "forkserver")


def start_methods(machine: str) -> Tuple[str, ...]:
    """Return the start methods that a machine has."""
    return getattr(_module(machine), "START_METHODS", ALL)


def breaks(machine: str, method: str) -> Set[str]:
    """Return the clauses that a machine breaks under a start method: its module says why."""
    return {clause for clause, methods in _module(machine).BREAKS.items() if method in methods}


def unjudged(machine: str) -> Set[str]:
    """Return the clauses that cannot be judged, as the machine has not what they are about."""
    return set(getattr(_module(machine), "UNJUDGED", ()))


def _module(machine: str) -> Any:
    return importlib.import_module(f"{__name__}.{machine}")
