"""The suite from Python: run a judgement, and read reports, clauses and ledgers.

    from sharedctypes_conformance import api

    report = api.run(["your_package.sharedctypes"], areas=["lock"])
    for result in report.judged:
        if result.standing is api.Standing.UNEXPECTED:
            print(result.clause, result.start_method, result.message)

This is what the command line is made of. Whatever cannot be done as asked raises an exception whose
text is one sentence for the user: BadSelection, ContractError, LedgerError or ReportError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from .contract import Area, Clause, ContractError, Grade, Registry, load_registry
from .judging.run import Interrupted
from .judging.run import run as run_selection
from .selection import PROFILES, START_METHODS, select
from .stage.probing import BadSelection
from .verdicts.ledger import Deviation, Ledger, LedgerError, read_ledger, shipped_ledger
from .verdicts.model import (
    Control,
    Evidence,
    Report,
    ReportError,
    Result,
    Standing,
    Subject,
    Verdict,
    read_report,
)

__all__ = [
    "run",
    "clauses",
    "load_registry",
    "read_report",
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
    "Interrupted",
]


def run(
    backends: Iterable[str] = (),
    *,
    start_methods: Iterable[str] = (),
    pythons: Iterable[str] = (),
    areas: Iterable[str] = (),
    clauses: Iterable[str] = (),
    profile: str = "default",
    seed: int = 0,
    ledgers: Iterable[str | Path] = (),
    control: bool = False,
    workers: int | None = None,
    on_total: Callable[[int], None] = lambda _: None,
    on_result: Callable[[Result], None] = lambda _: None,
) -> Report:
    """Judge backends and return the report, as `sharedctypes-conformance run` does.

    `backends` are names of modules, the reference implementation and the standard library if there
    are none; `pythons` are paths or names of interpreters, this one if there are none; of start
    methods, areas and clauses all are judged where none is given. `ledgers` are files of known
    deviations, besides those that ship with the suite or with the backend. With `control` the
    standard library is judged as well, and each finding compared with it. `workers` is the number
    of processes, one per core if it is None. `on_total` is called with the number of cells,
    `on_result` with each result as it comes.

    Raises BadSelection, ContractError or LedgerError before anything is judged. After Ctrl-C raises
    Interrupted, a KeyboardInterrupt that has the report of what was judged until then. An error of
    the suite itself is no exception: the report is incomplete, and says what happened (`problems`).

    Backends are imported by processes of their own only. What judges them is pytest, in this
    process: nothing is printed, the environment and `sys.path` are as before afterwards, and no
    signal handler is set. What remains are imported modules, and a process that cleans up should
    this one be killed; it ends with this one. It cannot be called in two threads at once.
    """
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
    )
    return run_selection(selection, workers, on_total, on_result)


def clauses(areas: Iterable[str] = ()) -> tuple[Clause, ...]:
    """Return the clauses of some areas, of all if none is named; raises ContractError."""
    registry = load_registry()
    chosen = [registry.area(name) for name in areas] or registry.areas.values()
    return tuple(clause for area in chosen for clause in area.clauses)
