"""What a run judges: backends in interpreters under start methods, and with which settings.

Made once per run, from the options, by looking each backend up in each interpreter; the workers of
pytest-xdist get it as plain data, so that nobody looks twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .backends import REFERENCE, STANDARD_LIBRARY, folders_to_lend, module_of
from .stage.probing import BadSelection, Probed, probe
from .stage.stage import Target
from .verdicts.ledger import Ledger, read_ledger, shipped_ledger
from .verdicts.model import Backend, Interpreter, Subject

START_METHODS = ("fork", "spawn", "forkserver")


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
    """All that a run judges, and how."""

    probed: tuple[Probed, ...]
    start_methods: tuple[str, ...]
    profile: str
    seed: int
    ledgers: tuple[str, ...] = ()

    @property
    def cells(self) -> list[Cell]:
        """The cells in the order in which they are judged."""
        return [
            Cell(probed, method)
            for probed in self.probed
            for method in self.start_methods
            if method in probed.backend["start_methods"]
        ]

    def ledger_of(self, probed: Probed) -> Ledger:
        """Return the known deviations of a backend: shipped ones and the run's own."""
        ledgers = [shipped_ledger(probed.module), *(read_ledger(Path(p)) for p in self.ledgers)]
        return Ledger(deviation for ledger in ledgers for deviation in ledger.deviations)

    def as_data(self) -> dict[str, Any]:
        """Return the selection as plain data."""
        return {
            "probed": [
                {**vars(probed), "extra": {k: str(v) for k, v in probed.extra.items()}}
                for probed in self.probed
            ],
            "start_methods": list(self.start_methods),
            "profile": self.profile,
            "seed": self.seed,
            "ledgers": list(self.ledgers),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Selection:
        """Return the selection that `as_data` gave."""
        probed = [
            Probed(**{**one, "extra": {k: Path(v) for k, v in one["extra"].items()}})
            for one in data["probed"]
        ]
        return cls(
            tuple(probed),
            tuple(data["start_methods"]),
            data["profile"],
            data["seed"],
            tuple(data["ledgers"]),
        )


def select(
    backends: Sequence[str],
    start_methods: Sequence[str],
    pythons: Sequence[str],
    profile: str,
    seed: int,
    ledgers: Sequence[str] = (),
) -> Selection:
    """Look everything up; raises BadSelection or LedgerError, with the sentence to show."""
    names = _once_each(backends or (REFERENCE, STANDARD_LIBRARY))
    methods = _once_each(start_methods or START_METHODS)
    for ledger in ledgers:
        read_ledger(Path(ledger))
    probed = []
    for python in _once_each(pythons):
        for name in names:
            module = module_of(name)
            one = probe(python, module, folders_to_lend(module))
            for method in start_methods:
                _require_method(one, method)
            probed.append(one)
    selection = Selection(tuple(probed), tuple(methods), profile, seed, tuple(ledgers))
    if not selection.cells:
        raise BadSelection("nothing to judge: no start method is available for any backend")
    return selection


def _require_method(probed: Probed, method: str) -> None:
    available = probed.backend["start_methods"]
    if method not in available:
        raise BadSelection(
            f"unknown start method {method!r} for {probed.module}; it has {', '.join(available)}"
        )


def _once_each(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
