"""Collects the results of a pytest run of the suite, and makes a report from them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from .. import __version__
from ..contract import load_registry
from ..selection import Selection, subject_of
from ..verdicts.control import with_control
from ..verdicts.matrix import matrices
from ..verdicts.model import Report, Result

# The user property with the result of a check's test; pytest-xdist sends it to this process.
RESULT = "sharedctypes_conformance"

# The selection that a pytest run judges.
SELECTION = pytest.StashKey[Selection]()


class Recorder:
    """A pytest plugin for the process that the user started.

    `on_total` is called with the number of cells, `on_result` with each result. `earlier` is a
    report that this run goes on with. With `exit_first` the run is interrupted after the first
    result that is not as expected; then it `has_stopped`.
    """

    def __init__(
        self,
        selection: Selection,
        on_total: Callable[[int], None],
        on_result: Callable[[Result], None],
        earlier: Report | None = None,
        exit_first: bool = False,
    ) -> None:
        self.has_stopped = False
        self._exit_first = exit_first
        self.selection = selection
        self.results: list[Result] = [*earlier.results] if earlier else []
        self.problems: list[str] = []
        self._on_total = on_total
        self._on_result = on_result
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._started = earlier.started if earlier else now
        self._clock = time.monotonic() - (earlier.seconds if earlier else 0)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Pass the selection to the plugin, which would otherwise make one from its options."""
        config.stash[SELECTION] = self.selection

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the number of cells if this process runs them."""
        if session.items:
            self._on_total(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Note the number of cells if workers run them."""
        self._on_total(len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the result of a check's test."""
        if report.when == "call":
            data = dict(report.user_properties).get(RESULT)
            if data is not None:
                result = Result.model_validate_json(str(data))
                self.results.append(result)
                self._on_result(result)
                if self._exit_first and result.is_surprise:
                    self.has_stopped = True
                    raise KeyboardInterrupt
                return
        if report.failed:
            self.problems.append(f"{report.nodeid} ({report.when}):\n{report.longreprtext}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record an error of collecting the checks."""
        if report.failed:
            self.problems.append(f"{report.nodeid}:\n{report.longreprtext}")

    def pytest_internalerror(self, excrepr: Any) -> bool:
        """Record an internal error of pytest, and prevent pytest from printing it."""
        self.problems.append(str(excrepr))
        return True

    def report(self, complete: bool, left: Iterable[str] = ()) -> Report:
        """Return a report of the results so far, in the order of subjects and clauses."""
        selection = self.selection
        results: Sequence[Result] = sorted(self.results, key=self._place)
        if selection.control:
            results = with_control(results, selection.control)
        return Report(
            suite_version=__version__,
            started=self._started,
            seconds=round(time.monotonic() - self._clock, 3),
            complete=complete and not self.problems,
            profile=selection.profile,
            seed=selection.seed,
            subjects=tuple(map(subject_of, selection.probed)),
            controls=tuple(map(subject_of, selection.controls)),
            skipped=selection.skipped,
            capabilities=selection.found,
            origins=selection.origins,
            results=tuple(results),
            matrices=matrices(results, load_registry()),
            left=tuple(left),
            problems=tuple(self.problems),
        )

    def _place(self, result: Result) -> tuple[int, int, int]:
        clauses = list(load_registry().clauses)
        probed = (*self.selection.probed, *self.selection.controls)
        subjects = [(one.module, one.python) for one in probed]
        methods = self.selection.start_methods
        subject = (result.backend, result.interpreter)
        return (
            subjects.index(subject),
            methods.index(result.start_method),
            clauses.index(result.clause),
        )
