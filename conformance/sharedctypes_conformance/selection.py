"""What a run judges: clauses, of backends in interpreters under start methods; and how.

Made once per run, by looking each backend up in each interpreter and reading each ledger. The
workers of pytest-xdist get it as plain data, so that nobody looks or reads twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .backends import (
    REFERENCE,
    STANDARD_LIBRARY,
    import_paths_of,
    module_of,
    registered_ledger,
)
from .contract import Clause, load_registry
from .stage.probing import BadSelection, Probed, probe
from .stage.target import Target
from .verdicts.ledger import Ledger, read_ledger, shipped_ledger
from .verdicts.model import Backend, Interpreter, Subject

START_METHODS = ("fork", "spawn", "forkserver")

# Examples per check and start method.
PROFILES = {"quick": 10, "default": 40, "thorough": 400}


@dataclass(frozen=True)
class Cell:
    """A backend in an interpreter under a start method, less the clause."""

    probed: Probed
    start_method: str

    @property
    def id(self) -> str:
        """How pytest and the terminal name the cell."""
        return f"{self.probed.module}-{Path(self.probed.python).name}-{self.start_method}"

    @property
    def target(self) -> Target:
        """What a stage needs to drive it."""
        return self.probed.target(self.start_method)

    @property
    def subject(self) -> Subject:
        """The backend and interpreter, as the report describes them."""
        return subject_of(self.probed)


def subject_of(probed: Probed) -> Subject:
    """Return the report's description of a probed backend."""
    backend = {**probed.backend, "names": tuple(probed.backend["names"])}
    backend["start_methods"] = tuple(backend["start_methods"])
    return Subject(
        interpreter=Interpreter(**{**probed.interpreter, "executable": probed.python}),
        backend=Backend(**backend),
    )


@dataclass(frozen=True)
class Selection:
    """All that a run judges, and how.

    Every clause is judged if neither `areas` nor `clauses` names any. `ledgers` has the known
    deviations of each backend by its module. `controls` are judged besides, for comparison: the
    standard library of each interpreter, where it is not among those asked for. `control` is its
    module, "" without a comparison.
    """

    probed: tuple[Probed, ...]
    start_methods: tuple[str, ...]
    areas: tuple[str, ...]
    clauses: tuple[str, ...]
    profile: str
    seed: int
    ledgers: dict[str, Ledger]
    controls: tuple[Probed, ...]
    control: str

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in the order in which they are judged."""
        return tuple(
            Cell(probed, method)
            for probed in (*self.probed, *self.controls)
            for method in self.start_methods
            if method in probed.backend["start_methods"]
        )

    def wants(self, clause: Clause) -> bool:
        """Return whether a clause is to be judged, where it applies."""
        if not self.areas and not self.clauses:
            return True
        return clause.area in self.areas or clause.id in self.clauses

    def as_data(self) -> Any:
        """Return the selection as plain data."""
        return TypeAdapter(Selection).dump_python(self, mode="json")

    @classmethod
    def from_data(cls, data: Any) -> Selection:
        """Return the selection that `as_data` gave."""
        return TypeAdapter(Selection).validate_python(data)


def select(
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
) -> Selection:
    """Look everything up that is to be judged, with `control` the standard library too.

    Without backends these are the reference implementation and the standard library; without
    pythons, this interpreter; without start methods, areas or clauses, all of them.

    Raises ContractError, LedgerError or BadSelection, with the sentence to show.
    """
    areas, clauses = _once_each(areas), _once_each(clauses)
    for area in areas:
        load_registry().area(area)
    for clause in clauses:
        load_registry().clause(clause)
    if profile not in PROFILES:
        raise BadSelection(f"unknown profile {profile!r}; there is {', '.join(PROFILES)}")
    given = [read_ledger(Path(ledger)) for ledger in ledgers]
    methods, interpreters = _once_each(start_methods), _once_each(pythons) or (sys.executable,)
    modules = [module_of(name) for name in _once_each(backends) or (REFERENCE, STANDARD_LIBRARY)]
    probed = [_probe(python, module, methods) for python in interpreters for module in modules]
    controls: list[Probed] = []
    if control and STANDARD_LIBRARY not in {one.module for one in probed}:
        controls = [probe(python, STANDARD_LIBRARY, {}) for python in interpreters]
    selection = Selection(
        probed=tuple(probed),
        start_methods=methods or START_METHODS,
        areas=areas,
        clauses=clauses,
        profile=profile,
        seed=seed,
        ledgers={
            module: Ledger.of(*_ledgers(module), *given)
            for module in {one.module for one in (*probed, *controls)}
        },
        controls=tuple(controls),
        control=STANDARD_LIBRARY if control else "",
    )
    if not selection.cells:
        raise BadSelection("nothing to judge: no start method is available for any backend")
    return selection


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


def _ledgers(module: str) -> list[Ledger]:
    """Return what is known of a backend without being given: from us, and from its own package."""
    registered = registered_ledger(module)
    return [shipped_ledger(module), *([read_ledger(registered)] if registered else [])]


def _once_each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
