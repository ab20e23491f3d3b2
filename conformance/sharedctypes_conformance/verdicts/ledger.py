"""The ledger: known deviations of a backend, so that a run fails only when something changes.

A ledger is a TOML file. Each `[[deviation]]` names a clause that the backend breaks, the conditions
under which it does (on versions and start methods), the reason, and a link to a discussion. A known
deviation that has been fixed fails a run like a new one.

Each `[[unclaimed]]` names clauses that the backend does not claim to satisfy. They are judged like
all others: if one does not hold, it is `unsupported`; if it holds, it could be claimed, and fails
the run like a deviation that has been fixed. So it is a deviation with another verdict.
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
    """A ledger file cannot be read; the text names the file and the error."""


class _Entry(BaseModel):
    """A reason, and the conditions under which an entry applies.

    `python` and `version` are version specifiers, for the interpreter's version of Python and for
    the version of the backend. Empty values set no condition.
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
        """Return whether the entry applies to a cell."""
        return (
            (not self.implementation or interpreter.implementation in self.implementation)
            and _contains(self.python, interpreter.python)
            and _contains(self.version, backend.version)
            and (not self.start_methods or start_method in self.start_methods)
        )


class Deviation(_Entry):
    """A clause that a backend is known to break, and the verdict to expect instead of a pass."""

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
        """Whether the backend does not claim to satisfy the clause."""
        return self.verdict is Verdict.UNSUPPORTED

    @property
    def why(self) -> str:
        """The reason, with the link if there is one."""
        return " ".join(filter(None, (self.reason, self.link)))


class _Unclaimed(_Entry):
    """Clauses that a backend does not claim to satisfy; an area stands for all its clauses."""

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
    """A verdict compared with a ledger: the verdict to report, its standing, and the reason."""

    verdict: Verdict
    standing: Standing
    reason: str = ""


@dataclass(frozen=True)
class Ledger:
    """The known deviations of one backend."""

    deviations: tuple[Deviation, ...] = ()

    @classmethod
    def of(cls, *ledgers: Ledger) -> Ledger:
        """Return the ledgers merged into one; the first deviation that applies counts."""
        return cls(tuple(deviation for ledger in ledgers for deviation in ledger.deviations))

    def assess(
        self,
        verdict: Verdict,
        clause: str,
        interpreter: Interpreter,
        backend: Backend,
        start_method: str,
    ) -> Assessment:
        """Return the assessment of the verdict on a clause in a cell."""
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
                gone = f"the backend does not claim it ({known.reason}): the claim can be made"
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
    """Return the ledger that comes with the suite for a module, or an empty one."""
    file = files(__package__) / "ledgers" / f"{backend}.toml"
    if not file.is_file():
        return Ledger()
    return parse_ledger(file.read_text("utf-8"), f"{backend}.toml")
