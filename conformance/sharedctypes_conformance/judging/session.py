"""The checks that one process judges, cell by cell.

Checks of one cell share a stage, because starting its actors takes longer than most checks. It is
closed when the next cell begins.
"""

from __future__ import annotations

from contextlib import suppress

from ..checks.kit.check import Check
from ..contract import load_registry
from ..selection import Cell, Selection
from ..stage.stage import Stage
from ..verdicts.model import Result
from .verdict import judge_cell


class Session:
    """Judges checks of a selection, on one stage at a time; to be closed."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._cell: Cell | None = None
        self._stage: Stage | None = None

    def judge(self, cell: Cell, check: Check) -> Result | None:
        """Judge a check in a cell; return None if its clause does not apply."""
        clause = load_registry().clause(check.clause)
        if not clause.applies_to(cell.probed.interpreter["python"], cell.target.has_own_contexts):
            return None
        if self._stage is None or self._cell != cell:
            self.close()
            self._cell, self._stage = cell, Stage(cell.target)
        try:
            return judge_cell(self._selection, cell, self._stage, check)
        except BaseException:
            # pytest-timeout may interrupt a test anywhere, even in a call of an actor.
            self.close()
            raise
        finally:
            if self._stage:
                # A traceback may keep objects of the body alive; the next check must not meet them.
                self._stage.history.clear()

    def close(self) -> None:
        """End the processes of the last stage."""
        stage, self._stage = self._stage, None
        if stage is not None:
            with suppress(OSError):
                stage.close()
