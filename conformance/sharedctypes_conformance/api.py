"""The public Python API: run the suite, and read reports, clauses and ledgers.

    from sharedctypes_conformance import api

    report = api.run(["your_package.sharedctypes"], areas=["lock"])
    for result in report.judged:
        if result.standing is api.Standing.UNEXPECTED:
            print(result.clause, result.start_method, result.message)

The command line uses it as well. Errors of usage are BadSelection, ContractError, FolderError,
LedgerError or ReportError; their text is one sentence for the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from .contract import Area, Clause, ContractError, Grade, Registry, load_registry
from .judging.run import Interrupted
from .judging.run import run as run_selection
from .selection import PROFILES, START_METHODS, select
from .stage.probing import BadSelection
from .verdicts.difference import Change, Comparison, Difference, compare
from .verdicts.folder import FolderError, ReportFolder
from .verdicts.ledger import Deviation, Ledger, LedgerError, read_ledger, shipped_ledger
from .verdicts.merging import merge as merge_reports
from .verdicts.model import (
    Control,
    Evidence,
    Report,
    ReportError,
    Result,
    Standing,
    Subject,
    Verdict,
)
from .verdicts.reading import read_report

__all__ = [
    "run",
    "clauses",
    "load_registry",
    "read_report",
    "compare",
    "merge",
    "read_ledger",
    "shipped_ledger",
    "PROFILES",
    "START_METHODS",
    "Report",
    "Result",
    "Subject",
    "Verdict",
    "Standing",
    "Control",
    "Evidence",
    "Change",
    "Comparison",
    "Difference",
    "Registry",
    "Area",
    "Clause",
    "Grade",
    "Ledger",
    "Deviation",
    "BadSelection",
    "ContractError",
    "LedgerError",
    "ReportError",
    "ReportFolder",
    "FolderError",
    "Interrupted",
]


def run(
    backends: Iterable[str] = (),
    *,
    start_methods: Iterable[str] = (),
    pythons: Iterable[str | Path] = (),
    areas: Iterable[str] = (),
    clauses: Iterable[str] = (),
    profile: str = "default",
    seed: int = 0,
    ledgers: Iterable[str | Path] = (),
    control: bool = False,
    workers: int | None = None,
    earlier: Report | None = None,
    again: Report | None = None,
    exit_first: bool = False,
    shard: tuple[int, int] = (1, 1),
    on_begin: Callable[[Report], None] = lambda _: None,
    on_total: Callable[[int], None] = lambda _: None,
    on_result: Callable[[Result], None] = lambda _: None,
) -> Report:
    """Judge backends and return the report, as `sharedctypes-conformance run` does.

    `backends` are names of modules, by default the reference implementation and the standard
    library; `pythons` are paths or names of interpreters, by default this one. By default all start
    methods, areas and clauses are judged. `ledgers` are files of known deviations, in addition to
    those that come with the suite or with the backend. With `control` the standard library is
    judged as well, and each failure is compared with it. `workers` is the number of processes, one
    per core but at most 4 if it is None. With an `earlier` report of the same backends, profile and
    seed, only what it lacks is judged, and the report has both. With a report to be judged `again`,
    only what it says was not kept or not judged is, each clause with its smallest failing example
    first. With `exit_first` the run stops at the first result that is not as expected, and its
    report is marked incomplete. With a `shard`, such as (3, 8), only the third of eight parts of
    all cells is judged; `merge` joins their reports. `on_begin` is called with the
    report as it is before anything is judged, `on_total` with the number of cells, `on_result` with
    each result when it is known.

    Raises BadSelection, ContractError or LedgerError before anything is judged. Ctrl-C raises
    Interrupted, a KeyboardInterrupt with the report of what was judged until then. A bug in the
    suite itself raises nothing: the report is marked incomplete, and its `problems` describe it.

    Backends are imported only by processes of their own. They are judged by pytest in this process:
    it prints nothing, restores the environment and `sys.path`, and sets no signal handler. What
    remains afterwards are imported modules, and a process that cleans up if this one is killed and
    exits together with it. Do not call this in two threads at the same time.
    """
    if workers is not None and not (isinstance(workers, int) and workers >= 0):
        raise BadSelection(f"the number of workers must be an int of at least 0, not {workers!r}")
    selection = select(
        backends,
        start_methods=start_methods,
        pythons=pythons,
        areas=areas,
        clauses=clauses,
        profile=profile,
        seed=seed,
        ledgers=ledgers,
        control=control,
        shard=shard,
    )
    if again is not None:
        selection = selection.again(again)
    return run_selection(selection, workers, on_total, on_begin, on_result, earlier, exit_first)


def merge(reports: Iterable[Report]) -> Report:
    """Return one report of several: of parts of a run, of other interpreters or backends.

    A cell that several have is taken from the last of them. Raises ReportError if there are none,
    or their versions of the suite, their profiles or their seeds differ.
    """
    given = list(reports)
    if not given:
        raise ReportError("there are no reports to be merged")
    return merge_reports(given, load_registry())


def clauses(areas: Iterable[str] = ()) -> tuple[Clause, ...]:
    """Return the clauses of some areas, by default of all; raises ContractError."""
    registry = load_registry()
    chosen = [registry.area(name) for name in areas] or registry.areas.values()
    return tuple(clause for area in chosen for clause in area.clauses)
