"""How long the suite waits, in seconds.

The bounds are generous, because one that a loaded machine can miss would accuse a backend. After
one call has hung, the next is reported sooner, but only if its thread is asleep.
"""

from __future__ import annotations

from dataclasses import dataclass

PATIENCE = 10.0
PATIENCE_AFTER_A_HANG = 2.0
PATIENCE_FOR_A_START = 30.0

# How many times longer to wait for a call that by design waits for other processes or threads.
SCENARIO = 3


@dataclass
class Hangs:
    """The number of calls that have hung on a stage; restarts do not reset it."""

    count: int = 0
