"""Calls that sleep by design: what starts processes waits for as long as they take.

Another call that sleeps for long hangs, and after the first hang it is given little time. One of
these waits with bounds of its own, and has `SCENARIO` times the patience; more than that only where
other processes are at work when it is over.
"""

from __future__ import annotations

from .handles import Name

SCENARIO = 3

_MODULES = (
    "dropping",
    "faults",
    "interrupting",
    "leaving",
    "making_at_once",
    "plain",
    "processes",
    "rounds",
    "sending",
    "threads",
    "ways",
)
_PREFIXES = tuple(f"sharedctypes_actors.{module}." for module in _MODULES)


def waits_for_processes(function: object) -> bool:
    """Return whether a function of the actors is one of those."""
    return isinstance(function, Name) and function.dotted.startswith(_PREFIXES)
