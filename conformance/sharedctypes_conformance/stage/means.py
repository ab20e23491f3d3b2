"""The means by which a clause was judged.

Spies see each use of a lock and the memory at that moment, but a backend may accept no lock except
its own. Waiting needs no lock of ours: an access that starts while another holds its lock must
neither finish nor read or write. It shows less: nothing of what happens after the lock was
released. Stress shows what nothing else does, but only by chance.

A check tells its stage in the middle of an example which of them it uses, and judging reads it
there afterwards. So this module is below both.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Means:
    """The name of a means, and of the better one that was not available, if any."""

    by: str = ""
    instead_of: str = ""


UNSPECIFIED = Means()
SPIES = Means("spies")
WAITING = Means("waiting")
STRESS = Means("stress")
WAITING_NOT_SPIES = Means("waiting", instead_of="spies")
