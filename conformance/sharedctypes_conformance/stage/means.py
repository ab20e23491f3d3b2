"""By which means a verdict was reached.

Spies see each use of a lock and the memory at that moment, but a backend may take no lock except
its own. Waiting needs no lock of ours: an access that was begun while its lock is held must not
have ended, nor have read or written. It sees less: nothing of what comes after the lock is gone.
Stress sees what nothing else does, and only by chance.

A check tells its stage which of them it uses, in the middle of an example; judging reads it there
afterwards. So this is below both.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Means:
    """The name of a means, and of the better one that could not be had, if there is one."""

    by: str = ""
    instead_of: str = ""


UNSAID = Means()
SPIES = Means("spies")
WAITING = Means("waiting")
STRESS = Means("stress")
WAITING_NOT_SPIES = Means("waiting", instead_of="spies")
