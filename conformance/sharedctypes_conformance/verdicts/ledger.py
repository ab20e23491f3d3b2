"""The ledger: known deviations of a backend, so that a run is red only when something changes.

A ledger is a TOML file of `[[deviation]]` tables. Each names a clause, where it is not kept (a
predicate over versions and start methods), why, and where that is discussed. A deviation that no
longer shows is as loud as a new one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ..contract import ContractError, load_registry
from .model import Backend, Interpreter, Standing, Verdict


class LedgerError(Exception):
    """A ledger file cannot be read; the text names the file and the fault."""


class Deviation(BaseModel):
    """A clause that a backend is known not to keep.

    `python` and `version` are version specifiers of the interpreter's Python and the backend's
    own; an empty one, as an empty tuple, sets no condition. `verdict` is what is expected instead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str
    reason: str
    link: str = ""
    verdict: Verdict = Verdict.FAIL
    implementation: tuple[str, ...] = ()
    python: str = ""
    version: str = ""
    start_methods: tuple[str, ...] = ()

    @field_validator("clause")
    @classmethod
    def _clause_exists(cls, clause: str) -> str:
        try:
            load_registry().clause(clause)
        except ContractError as problem:
            raise ValueError(str(problem)) from None
        return clause

    @field_validator("python", "version")
    @classmethod
    def _is_a_specifier(cls, text: str) -> str:
        try:
            SpecifierSet(text)
        except InvalidSpecifier as problem:
            raise ValueError(str(problem)) from None
        return text

    def applies(self, interpreter: Interpreter, backend: Backend, start_method: str) -> bool:
        """Return whether the deviation is to be expected in a cell."""
        return (
            (not self.implementation or interpreter.implementation in self.implementation)
            and _contains(self.python, interpreter.python)
            and _contains(self.version, backend.version)
            and (not self.start_methods or start_method in self.start_methods)
        )


@dataclass(frozen=True)
class Ledger:
    """The known deviations of one backend."""

    deviations: tuple[Deviation, ...] = ()

    @classmethod
    def of(cls, *ledgers: Ledger) -> Ledger:
        """Return a ledger of the deviations of several; the first that applies counts."""
        return cls(tuple(deviation for ledger in ledgers for deviation in ledger.deviations))

    def standing_of(
        self,
        verdict: Verdict,
        clause: str,
        interpreter: Interpreter,
        backend: Backend,
        start_method: str,
    ) -> tuple[Standing, str]:
        """Return what to make of a verdict, and the reason where the ledger has one."""
        known = next(
            (
                deviation
                for deviation in self.deviations
                if deviation.clause == clause
                and deviation.applies(interpreter, backend, start_method)
            ),
            None,
        )
        if verdict.is_finding:
            if known is not None and known.verdict is verdict:
                return Standing.KNOWN, " ".join(filter(None, (known.reason, known.link)))
            return Standing.UNEXPECTED, ""
        if verdict is Verdict.ERROR:
            return Standing.UNEXPECTED, ""
        if verdict is Verdict.PASS and known is not None:
            return Standing.GONE, f"the ledger expects {known.verdict}: {known.reason}"
        return Standing.EXPECTED, ""


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
        unknown = set(data) - {"deviation"}
        if unknown:
            raise LedgerError(f"{name}: unknown key {unknown.pop()!r}; known: deviation")
        return Ledger(tuple(Deviation(**table) for table in data.get("deviation", [])))
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as problem:
        raise LedgerError(f"{name}: {problem}") from problem


def shipped_ledger(backend: str) -> Ledger:
    """Return the ledger that ships with the suite for a backend's module, else an empty one."""
    file = files(__package__) / "ledgers" / f"{backend}.toml"
    if not file.is_file():
        return Ledger()
    return parse_ledger(file.read_text("utf-8"), f"{backend}.toml")
