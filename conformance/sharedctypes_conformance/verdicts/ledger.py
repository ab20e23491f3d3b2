"""The ledger: known deviations of a backend, so that a run is red only when something changes.

A ledger is a TOML file. Each `[[deviation]]` names a clause that the backend breaks, where it does
so (a predicate over versions and start methods), why, and where that is discussed. A deviation that
no longer shows is as loud as a new one.

Each `[[unclaimed]]` names clauses that the backend does not claim to keep. They are judged like all
others: one that is broken is `unsupported`, and one that is kept could be claimed, which is as loud
as a deviation that has gone. So it is a deviation of which only the verdict is another one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..contract import ContractError, load_registry
from .model import Backend, Interpreter, Standing, Verdict


class LedgerError(Exception):
    """A ledger file cannot be read; the text names the file and the fault."""


class _Entry(BaseModel):
    """What is known, and where.

    `python` and `version` are version specifiers of the interpreter's Python and the backend's
    own; an empty one, as an empty tuple, sets no condition.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str
    link: str = ""
    implementation: tuple[str, ...] = ()
    python: str = ""
    version: str = ""
    start_methods: tuple[str, ...] = ()

    @field_validator("python", "version")
    @classmethod
    def _is_a_specifier(cls, text: str) -> str:
        try:
            SpecifierSet(text)
        except InvalidSpecifier as problem:
            raise ValueError(str(problem)) from None
        return text

    def applies(self, interpreter: Interpreter, backend: Backend, start_method: str) -> bool:
        """Return whether this is to be expected in a cell."""
        return (
            (not self.implementation or interpreter.implementation in self.implementation)
            and _contains(self.python, interpreter.python)
            and _contains(self.version, backend.version)
            and (not self.start_methods or start_method in self.start_methods)
        )


class Deviation(_Entry):
    """A clause that a backend is known not to keep, and the verdict to expect instead of a pass."""

    clause: str
    verdict: Verdict = Verdict.FAIL

    @field_validator("clause")
    @classmethod
    def _clause_exists(cls, clause: str) -> str:
        try:
            load_registry().clause(clause)
        except ContractError as problem:
            raise ValueError(str(problem)) from None
        return clause

    @property
    def is_unclaimed(self) -> bool:
        """Whether the backend does not claim to keep the clause."""
        return self.verdict is Verdict.UNSUPPORTED

    @property
    def why(self) -> str:
        """The reason, with the link where there is one."""
        return " ".join(filter(None, (self.reason, self.link)))


class _Unclaimed(_Entry):
    """Clauses that a backend does not claim to keep; an area stands for each of its clauses."""

    clauses: tuple[str, ...] = Field(min_length=1)

    def deviations(self) -> list[Deviation]:
        areas = load_registry().areas
        ids = [
            clause
            for name in self.clauses
            for clause in ([one.id for one in areas[name].clauses] if name in areas else [name])
        ]
        rest = self.model_dump(exclude={"clauses"})
        return [Deviation(clause=clause, verdict=Verdict.UNSUPPORTED, **rest) for clause in ids]


@dataclass(frozen=True)
class Assessment:
    """What a ledger makes of a verdict: the verdict to report, its standing, and the reason."""

    verdict: Verdict
    standing: Standing
    reason: str = ""


@dataclass(frozen=True)
class Ledger:
    """The known deviations of one backend."""

    deviations: tuple[Deviation, ...] = ()

    @classmethod
    def of(cls, *ledgers: Ledger) -> Ledger:
        """Return a ledger of the deviations of several; the first that applies counts."""
        return cls(tuple(deviation for ledger in ledgers for deviation in ledger.deviations))

    def assess(
        self,
        verdict: Verdict,
        clause: str,
        interpreter: Interpreter,
        backend: Backend,
        start_method: str,
    ) -> Assessment:
        """Return what to make of the verdict on a clause in a cell."""
        known = next(
            (
                deviation
                for deviation in self.deviations
                if deviation.clause == clause
                and deviation.applies(interpreter, backend, start_method)
            ),
            None,
        )
        if verdict.is_finding and known is not None:
            if known.is_unclaimed:
                return Assessment(known.verdict, Standing.EXPECTED, known.why)
            if known.verdict is verdict:
                return Assessment(verdict, Standing.KNOWN, known.why)
        if verdict.is_finding or verdict is Verdict.ERROR:
            return Assessment(verdict, Standing.UNEXPECTED)
        if verdict is Verdict.PASS and known is not None:
            if known.is_unclaimed:
                gone = f"it is not claimed ({known.reason}): the claim can be made"
            else:
                gone = f"the ledger expects {known.verdict}: {known.reason}"
            return Assessment(verdict, Standing.GONE, gone)
        return Assessment(verdict, Standing.EXPECTED)


def _contains(specifier: str, version: str | None) -> bool:
    if not specifier:
        return True
    try:
        return SpecifierSet(specifier, prereleases=True).contains(Version(version or ""))
    except InvalidVersion:
        return False


def read_ledger(path: Path) -> Ledger:
    """Read a ledger from a file; raises LedgerError."""
    try:
        return parse_ledger(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as problem:
        raise LedgerError(f"cannot read the ledger {path}: {problem}") from problem


def parse_ledger(text: str, name: str) -> Ledger:
    """Return the ledger in a TOML text; raises LedgerError."""
    try:
        data = tomllib.loads(text)
        unknown = set(data) - {"deviation", "unclaimed"}
        if unknown:
            raise LedgerError(
                f"{name}: unknown key {unknown.pop()!r}; known: deviation and unclaimed"
            )
        deviations = [Deviation(**table) for table in data.get("deviation", [])]
        for table in data.get("unclaimed", []):
            deviations += _Unclaimed(**table).deviations()
        return Ledger(tuple(deviations))
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as problem:
        raise LedgerError(f"{name}: {problem}") from problem


def shipped_ledger(backend: str) -> Ledger:
    """Return the ledger that ships with the suite for a backend's module, else an empty one."""
    file = files(__package__) / "ledgers" / f"{backend}.toml"
    if not file.is_file():
        return Ledger()
    return parse_ledger(file.read_text("utf-8"), f"{backend}.toml")
