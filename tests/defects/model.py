"""What is known of a defect, and where the ledgers say that it shows."""

from __future__ import annotations

import platform
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from packaging.specifiers import SpecifierSet
from pydantic import BaseModel, ConfigDict, Field, field_validator

from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.verdicts.ledger import Deviation, shipped_ledger
from sharedctypes_conformance.verdicts.model import Backend, Interpreter

FOLDER = Path(__file__).parent.parent.parent / "reports" / "defects"
LEDGERS = (
    "multiprocessing.sharedctypes",
    "multiprocess.sharedctypes",
    "billiard.sharedctypes",
)
# "" is none, with which programs are run that start no processes.
METHODS = ("", "fork", "spawn", "forkserver")


class Difference(BaseModel):
    """Where a reproducer shows what the ledgers do not say, or the other way round, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shown: bool
    why: str
    backends: tuple[str, ...] = LEDGERS
    implementation: str = ""
    python: str = ""
    start_methods: tuple[str, ...] = ()

    def applies(self, module: str, interpreter: Interpreter, start_method: str) -> bool:
        """Return whether this is about a run of the reproducer."""
        return (
            module in self.backends
            and self.implementation in ("", interpreter.implementation)
            and SpecifierSet(self.python).contains(interpreter.python, prereleases=True)
            and (not self.start_methods or start_method in self.start_methods)
        )


class Defect(BaseModel):
    """One defect: the file `<name>.toml`.

    `backends` are those of whose ledgers the entries for `clauses` are about this defect, and
    `differences` is where its reproducer shows something else. If that takes a start method,
    `start_methods` has those with which it is run. `promise` says more about what is promised,
    where the documentation's words, or those of the clauses, are not enough for a report.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    effect: Literal["wrong data", "lost data", "crash", "hang", "a child fails", "exception"]
    clauses: tuple[str, ...] = Field(min_length=1)
    backends: tuple[str, ...] = LEDGERS
    start_methods: tuple[str, ...] = ()
    happens: str
    promise: str = ""
    cause: str
    fix: str
    issues: tuple[str, ...] = ()
    note: str = ""
    differences: tuple[Difference, ...] = ()

    @field_validator("clauses")
    @classmethod
    def _exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            load_registry().clause(name)
        return names

    @property
    def gravity(self) -> int:
        """The place of its effect among all, the worst of which is the first."""
        return get_args(Defect.model_fields["effect"].annotation).index(self.effect)

    @property
    def reproducer(self) -> Path:
        return FOLDER / f"{self.name}.py"

    @property
    def page(self) -> Path:
        return FOLDER / f"{self.name}.md"

    @property
    def runs(self) -> tuple[str, ...]:
        """The start methods to run the reproducer with."""
        return self.start_methods or ("",)

    def covers(self, module: str, deviation: Deviation) -> bool:
        """Return whether an entry of a ledger is about this defect."""
        return module in self.backends and deviation.clause in self.clauses

    def shows(
        self, module: str, version: str | None, interpreter: Interpreter, start_method: str
    ) -> bool:
        """Return whether the reproducer shows the defect, by the ledgers and `differences`."""
        for difference in self.differences:
            if difference.applies(module, interpreter, start_method):
                return difference.shown
        backend = Backend(
            module=module, file=None, version=version, names=(), contexts="", start_methods=()
        )
        methods = (start_method,) if start_method else METHODS[1:]
        return any(
            self.covers(module, deviation) and deviation.applies(interpreter, backend, method)
            for deviation in shipped_ledger(module).deviations
            for method in methods
        )


@cache
def defects() -> tuple[Defect, ...]:
    """Return all defects, ordered by name."""
    found = []
    for file in sorted(FOLDER.glob("*.toml")):
        told = tomllib.loads(file.read_text("utf-8"))
        found.append(Defect(name=file.stem, **told))
    return tuple(found)


def interpreter_of(implementation: str, version: str, python: str) -> Interpreter:
    """Return an interpreter of which only what ledgers ask for is known."""
    return Interpreter(
        executable="",
        implementation=implementation,
        version=version,
        python=python,
        free_threaded=False,
        optimized=False,
        platform=platform.system(),
    )
