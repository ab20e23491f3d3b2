"""What a selection is: cells, and the clauses that are judged in each of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .. import __version__
from ..contract import CAPABILITIES, Clause, Grade, load_registry
from ..stage.probing import BadSelection, Probed
from ..stage.target import Target
from ..verdicts.ledger import Ledger
from ..verdicts.model import Backend, Found, Interpreter, Origin, Report, Subject, Verdict

START_METHODS = ("fork", "spawn", "forkserver")

# Examples per check and start method.
PROFILES = {"quick": 10, "default": 40, "thorough": 400}


@dataclass(frozen=True)
class Cell:
    """A backend in an interpreter under a start method; a clause is not part of it."""

    probed: Probed
    start_method: str

    @property
    def id(self) -> str:
        """The name of the cell in pytest."""
        return f"{self.probed.module}-{Path(self.probed.python).name}-{self.start_method}"

    @property
    def target(self) -> Target:
        """What a stage needs to start its actors."""
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
class Again:
    """A clause to be judged again in a cell, with the `choices` of its smallest failing example."""

    clause: str
    backend: str
    python: str
    start_method: str
    choices: str = ""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What identifies it among all results of a run."""
        return self.clause, self.backend, self.python, self.start_method


@dataclass(frozen=True)
class Selection:
    """All that a run judges, and how.

    Every clause is judged if `areas` and `clauses` are empty. `ledgers` has the known deviations of
    each backend by its module. `controls` are judged as well, for comparison: the standard library
    of each interpreter, unless it was asked for anyway. `control` is the name of its module, "" if
    nothing is compared. `skipped` says which backends cannot be judged in which of all
    interpreters. `done` has what an earlier run has judged, which is not judged again:
    clause, backend, interpreter and start method of each. `only` is all that is judged, unless it
    is None. `shard` is which of so many parts of all cells is judged, the first being 1.
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
    skipped: tuple[str, ...] = ()
    done: frozenset[tuple[str, str, str, str]] = frozenset()
    only: tuple[Again, ...] | None = None
    shard: tuple[int, int] = (1, 1)

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
        """Return whether a clause is to be judged, if it applies.

        What is only observed is no part of the quick profile, unless it is asked for.
        """
        if not self.areas and not self.clauses:
            return self.profile != "quick" or clause.grade is not Grade.INFO
        return clause.area in self.areas or clause.id in self.clauses

    def tried(self) -> Selection:
        """Return the selection with what backends lack of all that its clauses need."""
        needed = {
            need
            for clause in load_registry().clauses.values()
            for need in clause.needs
            if self.wants(clause)
        }
        names = [name for name in CAPABILITIES if name in needed]
        probed, controls = (
            tuple(one.tried(self.start_methods, names) for one in some)
            for some in (self.probed, self.controls)
        )
        return replace(self, probed=probed, controls=controls)

    @property
    def found(self) -> tuple[Found, ...]:
        """What was tried, as the report has it, and the start methods that are not offered."""
        return tuple(
            Found(
                capability=name,
                backend=probed.module,
                interpreter=probed.python,
                start_method=method,
                is_lacking=is_lacking,
                evidence=evidence,
                declared=self._declared(probed, method, name),
            )
            for probed in self.probed
            for method in self.start_methods
            for name, (is_lacking, evidence) in _tried(probed, method).items()
        )

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Whose the things under test are, as the report has it."""
        return tuple(
            Origin(
                what=what,
                backend=probed.module,
                interpreter=probed.python,
                start_method=method,
                parent=parent,
                child=child,
            )
            for probed in self.probed
            for method, things in probed.origins.items()
            for what, (parent, child) in things.items()
        )

    def _declared(self, probed: Probed, method: str, name: str) -> str:
        subject = subject_of(probed)
        ledger = self.ledgers[probed.module]
        return ledger.declared(name, subject.interpreter, subject.backend, method)

    def still_wants(self, clause: Clause, cell: Cell) -> bool:
        """Return whether a clause is to be judged in a cell, if it applies."""
        here = _place(clause.id, cell)
        wanted = self.only is None or here in self._choices
        return wanted and self.wants(clause) and here not in self.done and self._has(here)

    def _has(self, place: tuple[str, str, str, str]) -> bool:
        number, of = self.shard
        clause, backend, _, method = place
        # Not by the interpreter's path, which differs between machines.
        return zlib.crc32(f"{clause} {backend} {method}".encode()) % of == number - 1

    def part_of(self, clause: str, cell: Cell) -> tuple[int, int]:
        """Return which part of the examples a cell has to do, and in how many they are divided.

        The first depends on nothing but the start method: judged alone, it does these and more. A
        clause that is known to be broken is not divided, and every start method draws the same:
        that one of them drew nothing that shows it does not mean that it is gone.
        """
        ledger, subject = self.ledgers[cell.probed.module], cell.subject
        if ledger.expects(clause, subject.interpreter, subject.backend, cell.start_method):
            return 0, 1
        beside = [one for one in self.cells if one.probed == cell.probed]
        known = start_methods_of([cell.probed])
        return known.index(cell.start_method), len(beside)

    def choices(self, clause: str, cell: Cell) -> str:
        """Return the choices of the example to begin with, "" if there are none."""
        return self._choices.get(_place(clause, cell), "")

    @cached_property
    def _choices(self) -> dict[tuple[str, str, str, str], str]:
        return {again.place: again.choices for again in self.only or ()}

    @property
    def tests(self) -> int:
        """The largest number of results that there can be."""
        clauses = load_registry().clauses.values()
        return sum(self.still_wants(clause, cell) for cell in self.cells for clause in clauses)

    def after(self, earlier: Report) -> Selection:
        """Return what of this selection is not in an earlier report; raises BadSelection.

        It must be a report of the same backends, judged in the same way, because both become one.
        """
        ours = {
            "version of the suite": (earlier.suite_version, __version__),
            "profile": (earlier.profile, self.profile),
            "seed": (earlier.seed, self.seed),
            "backends": (_titles(earlier.subjects), _titles(map(subject_of, self.probed))),
            "controls": (_titles(earlier.controls), _titles(map(subject_of, self.controls))),
        }
        for what, (theirs, asked) in ours.items():
            if theirs != asked:
                raise BadSelection(
                    f"cannot resume: the {what} of the report: {theirs or 'none'}; "
                    f"asked for: {asked or 'none'}"
                )
        done = frozenset((result.clause, *result.cell) for result in earlier.results)
        return replace(self, done=done)

    def again(self, report: Report) -> Selection:
        """Return what a report found not to be kept, or left unjudged; raises BadSelection.

        The interpreter is recognized by its version: the report may be of another machine.
        """
        titles = {
            subject.interpreter.executable: subject.interpreter.title for subject in report.subjects
        }
        unkept = {}
        for result in report.judged:
            if result.verdict not in (Verdict.PASS, Verdict.OBSERVED):
                title = titles.get(result.interpreter)
                place = (result.clause, result.backend, title, result.start_method)
                unkept[place] = result.evidence.choices if result.evidence else ""
        only = []
        for cell in self.cells:
            title = cell.subject.interpreter.title
            for clause in filter(self.wants, load_registry().clauses.values()):
                there = (clause.id, cell.probed.module, title, cell.start_method)
                if there in unkept:
                    only.append(Again(*_place(clause.id, cell), unkept[there]))
        if not only:
            raise BadSelection(
                "nothing to judge again: of what is asked for, the report has nothing that was not "
                "kept or not judged"
            )
        return replace(self, only=tuple(only))

    def as_data(self) -> Any:
        """Return the selection as plain data."""
        return TypeAdapter(Selection).dump_python(self, mode="json")

    @classmethod
    def from_data(cls, data: Any) -> Selection:
        """Return the selection of which `as_data` returned the data."""
        return TypeAdapter(Selection).validate_python(data)


def _place(clause: str, cell: Cell) -> tuple[str, str, str, str]:
    return clause, cell.probed.module, cell.probed.python, cell.start_method


def _tried(probed: Probed, method: str) -> dict[str, tuple[bool, str]]:
    offered = probed.backend["start_methods"]
    if method not in offered and method in START_METHODS:
        return {"start-method": (True, f"{probed.backend['contexts']} has {', '.join(offered)}")}
    if method not in offered:
        return {}
    return {"start-method": (False, ""), **probed.capabilities.get(method, {})}


def _titles(subjects: Iterable[Subject]) -> str:
    return ", ".join(
        f"{subject.backend.title} in {subject.interpreter.title} ({subject.interpreter.executable})"
        for subject in subjects
    )


def start_methods_of(probed: Iterable[Probed]) -> tuple[str, ...]:
    """Return the start methods of the standard library, and what else some backends have."""
    return once_each([*START_METHODS, *(m for one in probed for m in one.backend["start_methods"])])


def once_each(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their order, without duplicates."""
    return tuple(dict.fromkeys(names))
