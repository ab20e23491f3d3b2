"""Calls that sleep by design: what starts processes waits for as long as they take.

Another call that sleeps for long hangs, and after the first hang it is given little time. One of
these waits with bounds of its own, and has `SCENARIO` times the patience; more than that only where
other processes are at work when it is over.
"""

from __future__ import annotations

from .names import Name

SCENARIO = 3

_MODULES = (
    "runtime.processes",
    "scenarios.dropped_in_child",
    "scenarios.interrupted_calls",
    "scenarios.killed_processes",
    "scenarios.leak_rounds",
    "scenarios.ordinary_objects",
    "scenarios.pickling",
    "scenarios.program_exit",
    "scenarios.transfer",
    "threads.construction_races",
    "threads.helpers",
)
_PREFIXES = tuple(f"sharedctypes_actors.{module}." for module in _MODULES)


def waits_for_processes(function: object) -> bool:
    """Return whether a function of the actors is one of those."""
    return isinstance(function, Name) and function.dotted.startswith(_PREFIXES)
