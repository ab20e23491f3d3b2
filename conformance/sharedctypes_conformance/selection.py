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
from .stage.target import Target
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
    """All that a run judges, and how.

    `controls` are judged besides, for comparison: the standard library of each interpreter, where
    it is not among those asked for. `control` is its module, "" without a comparison.
    """

    probed: tuple[Probed, ...]
    start_methods: tuple[str, ...]
    profile: str
    seed: int
    ledgers: tuple[str, ...] = ()
    controls: tuple[Probed, ...] = ()
    control: str = ""

    @property
    def cells(self) -> list[Cell]:
        """The cells in the order in which they are judged."""
        return [
            Cell(probed, method)
            for probed in (*self.probed, *self.controls)
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
            "probed": [_probed_as_data(probed) for probed in self.probed],
            "controls": [_probed_as_data(probed) for probed in self.controls],
            "control": self.control,
            "start_methods": list(self.start_methods),
            "profile": self.profile,
            "seed": self.seed,
            "ledgers": list(self.ledgers),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Selection:
        """Return the selection that `as_data` gave."""
        return cls(
            tuple(map(_probed_from_data, data["probed"])),
            tuple(data["start_methods"]),
            data["profile"],
            data["seed"],
            tuple(data["ledgers"]),
            tuple(map(_probed_from_data, data["controls"])),
            data["control"],
        )


def _probed_as_data(probed: Probed) -> dict[str, Any]:
    return {**vars(probed), "extra": {name: str(path) for name, path in probed.extra.items()}}


def _probed_from_data(data: dict[str, Any]) -> Probed:
    extra = {name: Path(path) for name, path in data["extra"].items()}
    return Probed(**{**data, "extra": extra})


def select(
    backends: Sequence[str],
    start_methods: Sequence[str],
    pythons: Sequence[str],
    profile: str,
    seed: int,
    ledgers: Sequence[str] = (),
    control: bool = False,
) -> Selection:
    """Look everything up, with `control` the standard library too.

    Raises BadSelection or LedgerError, with the sentence to show.
    """
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
    controls = []
    if control and STANDARD_LIBRARY not in {one.module for one in probed}:
        controls = [probe(python, STANDARD_LIBRARY, {}) for python in _once_each(pythons)]
    selection = Selection(
        tuple(probed),
        tuple(methods),
        profile,
        seed,
        tuple(ledgers),
        tuple(controls),
        STANDARD_LIBRARY if control else "",
    )
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
