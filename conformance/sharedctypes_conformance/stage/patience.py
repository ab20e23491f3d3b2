"""How long the suite waits, in seconds.

The bounds are generous, because one that a loaded machine can miss would accuse a backend. Where a
call has hung before, the next one is believed sooner, and only when its thread is seen asleep.
"""

from __future__ import annotations

from dataclasses import dataclass

PATIENCE = 10.0
PATIENCE_AFTER_A_HANG = 2.0
PATIENCE_FOR_A_START = 30.0

# How many times longer a call has that sleeps by design, until other processes or threads have
# done their part.
SCENARIO = 3


@dataclass
class Hangs:
    """How many calls have hung on a stage, whatever has been started afresh since."""

    count: int = 0
