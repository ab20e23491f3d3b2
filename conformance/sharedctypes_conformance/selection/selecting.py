"""Makes a selection from what a user asks for: looks up, probes and reads all that it names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..backends import (
    REFERENCE,
    STANDARD_LIBRARY,
    import_paths_of,
    ledger_beside,
    module_of,
)
from ..contract import load_registry
from ..interpreters import ALL, all_interpreters
from ..stage import machine
from ..stage.findings import MachineFault
from ..stage.probing import BadSelection, Probed, probe
from ..verdicts.ledger import Ledger, read_ledger, shipped_ledger
from .cells import PROFILES, Selection, once_each, start_methods_of


def select(
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
    shard: tuple[int, int] = (1, 1),
) -> Selection:
    """Probe everything that is to be judged, with `control` the standard library too.

    By default the backends are the reference implementation and the standard library, the
    interpreter is this one, and all start methods, areas and clauses are judged.

    Raises ContractError, LedgerError or BadSelection; the text is the sentence to show.
    """
    for name, names in (
        ("backends", backends),
        ("pythons", pythons),
        ("areas", areas),
        ("clauses", clauses),
        ("start_methods", start_methods),
        ("ledgers", ledgers),
    ):
        if isinstance(names, str | Path):
            raise BadSelection(f"{name} must be a list, not {names!r}")
    if not isinstance(seed, int):
        raise BadSelection(f"the seed must be an int, not {seed!r}")
    areas, clauses = once_each(areas), once_each(clauses)
    for area in areas:
        load_registry().area(area)
    for clause in clauses:
        load_registry().clause(clause)
    number, of = shard
    if not 1 <= number <= of:
        raise BadSelection(f"there is no shard {number} of {of}: the first is 1, the last {of}")
    if profile not in PROFILES:
        raise BadSelection(f"unknown profile {profile!r}; there are {', '.join(PROFILES)}")
    given = [read_ledger(Path(ledger)) for ledger in ledgers]
    try:
        machine.require()
    except MachineFault as problem:
        raise BadSelection(f"nothing can be judged on this machine: {problem}") from None
    methods = once_each(start_methods)
    pythons = once_each(map(str, pythons))
    found = all_interpreters() if ALL in pythons else ()
    interpreters = once_each((*found, *pythons)) or (sys.executable,)
    interpreters = tuple(python for python in interpreters if python != ALL)
    modules = [module_of(name) for name in once_each(backends) or (REFERENCE, STANDARD_LIBRARY)]
    probed, skipped = [], []
    for python in interpreters:
        for module in modules:
            try:
                probed.append(_probe(python, module, methods))
            except BadSelection as problem:
                # Not each backend is installed for each of all interpreters.
                if ALL not in pythons:
                    raise
                skipped.append(str(problem))
    if not probed:
        raise BadSelection(f"no interpreter can judge anything: {skipped[0]}")
    controls: list[Probed] = []
    if control and STANDARD_LIBRARY not in {one.module for one in probed}:
        judged = dict.fromkeys(one.python for one in probed)
        controls = [probe(python, STANDARD_LIBRARY, {}) for python in judged]
    wanted = methods or start_methods_of(probed)
    selection = Selection(
        probed=tuple(probed),
        start_methods=wanted,
        areas=areas,
        clauses=clauses,
        profile=profile,
        seed=seed,
        ledgers={one.module: Ledger.of(*_ledgers(one), *given) for one in (*probed, *controls)},
        controls=tuple(controls),
        control=STANDARD_LIBRARY if control else "",
        shard=shard,
        skipped=tuple(skipped),
    )
    if not selection.cells:
        raise BadSelection("nothing to judge: no start method is available for any backend")
    return selection.tried()


def _probe(python: str, module: str, methods: Sequence[str]) -> Probed:
    probed = probe(python, module, import_paths_of(module))
    available = probed.backend["start_methods"]
    for method in methods:
        if method not in available:
            raise BadSelection(
                f"unknown start method {method!r} for {probed.module}; "
                f"it has {', '.join(available)}"
            )
    return probed


def _ledgers(probed: Probed) -> list[Ledger]:
    """Return the ledgers of a backend that need not be given: ours, and the one next to it."""
    beside = ledger_beside(probed.backend["file"])
    return [shipped_ledger(probed.module), *([read_ledger(beside)] if beside else [])]
