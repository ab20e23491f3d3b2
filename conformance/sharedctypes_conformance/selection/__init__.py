"""What a run judges: which clauses, backends, interpreters and start methods; and how.

Made once per run, by probing each backend in each interpreter and reading each ledger. The workers
of pytest-xdist get it as plain data, so that they need not do so again.
"""

from __future__ import annotations

from .cells import PROFILES, START_METHODS, Cell, Selection, subject_of
from .selecting import select

__all__ = ["PROFILES", "START_METHODS", "Cell", "Selection", "select", "subject_of"]
