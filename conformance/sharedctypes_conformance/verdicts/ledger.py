"""The ledger: known deviations of a backend, so that a run fails only when something changes.

A ledger is a TOML file. Each `[[deviation]]` names a clause that the backend breaks, the conditions
under which it does (on versions, the GIL and start methods), the reason, and a link to a
discussion. A known deviation that has been fixed fails a run like a new one, and so does one that
was to be looked at again by a day that has passed (`review`): an entry is not to be forgotten.

Each `[[unclaimed]]` names clauses that the backend does not claim to satisfy. They are judged like
all others: if one does not hold, it is `unsupported`. If one that is named by its id holds, it
could be claimed, and fails the run like a deviation that has been fixed; where a whole area is
named, some of its clauses may hold.

Each `[[lacking]]` names capabilities that the backend does not have. That is found out anyway
(`stage.capabilities`): clauses that need them are `unsupported`, and with an entry nobody has to
look at that again. An entry for what the backend does have fails the run.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self, TypeVar, get_args

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from ..contract import CAPABILITIES, ContractError, load_registry
from .model import Backend, Interpreter, Standing, Verdict

StartMethod = Literal["fork", "spawn", "forkserver"]
START_METHODS: tuple[str, ...] = get_args(StartMethod)


class LedgerError(Exception):
    """A ledger file cannot be read; the text names the file and the error."""


class _Entry(BaseModel):
    """A reason, and the conditions under which an entry applies.

    `python` and `version` are version specifiers, for the interpreter's version of Python and for
    the version of the backend; `gil` is false for builds without a GIL. Empty values set no
    condition. After the day `review` a deviation is overdue. `place` is the line that the entry
    begins at, and its file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str
    link: str = ""
    implementation: tuple[str, ...] = ()
    python: str = ""
    version: str = ""
    gil: bool | None = None
    start_methods: tuple[StartMethod, ...] = ()
    review: datetime.date | None = None
    place: str = "the ledger"

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
            and (self.gil is None or self.gil is not interpreter.free_threaded)
            and (not self.start_methods or start_method in self.start_methods)
        )


def _expect_clause(name: str) -> None:
    """Raise ValueError, as validators do, for an unknown clause."""
    try:
        load_registry().clause(name)
    except ContractError as problem:
        raise ValueError(str(problem)) from None


E = TypeVar("E", bound=_Entry)


class Deviation(_Entry):
    """A clause that a backend is known to break, and the verdict to expect instead of a pass.

    Where the verdict is `unsupported`, `clause` may be an area, which stands for all its clauses.
    """

    clause: str
    verdict: Literal[
        Verdict.FAIL, Verdict.CRASH, Verdict.HANG, Verdict.LEAK, Verdict.UNSUPPORTED
    ] = Verdict.FAIL

    @model_validator(mode="after")
    def _clause_exists(self) -> Self:
        if not (self.is_unclaimed and self.is_area):
            _expect_clause(self.clause)
        return self

    @property
    def is_area(self) -> bool:
        """Whether `clause` is an area."""
        return self.clause in load_registry().areas

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

    @field_validator("clauses")
    @classmethod
    def _exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in load_registry().areas:
                _expect_clause(name)
        return names

    def deviations(self) -> list[Deviation]:
        rest = self.model_dump(exclude={"clauses"})
        return [
            Deviation(clause=name, verdict=Verdict.UNSUPPORTED, **rest) for name in self.clauses
        ]


class Lacking(_Entry):
    """Capabilities that a backend says it does not have."""

    capabilities: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)

    @field_validator("capabilities")
    @classmethod
    def _exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in CAPABILITIES:
                known = ", ".join(CAPABILITIES)
                raise ValueError(f"unknown capability {name!r}; there are {known}")
        return names

    @property
    def why(self) -> str:
        """The reason, with the link if there is one."""
        return " ".join(filter(None, (self.reason, self.link)))


@dataclass(frozen=True)
class Assessment:
    """A verdict compared with a ledger: the verdict to report, its standing, and the reason."""

    verdict: Verdict
    standing: Standing
    reason: str = ""


@dataclass(frozen=True)
class Ledger:
    """The known deviations of one backend, and what it lacks."""

    deviations: tuple[Deviation, ...] = ()
    lacking: tuple[Lacking, ...] = ()

    @classmethod
    def of(cls, *ledgers: Ledger) -> Ledger:
        """Return the ledgers merged into one; the first deviation that applies counts."""
        return cls(
            tuple(deviation for ledger in ledgers for deviation in ledger.deviations),
            tuple(entry for ledger in ledgers for entry in ledger.lacking),
        )

    def declared(
        self, capability: str, interpreter: Interpreter, backend: Backend, start_method: str
    ) -> str:
        """Return why a backend says that it lacks a capability in a cell, "" if it does not."""
        for entry in self.lacking:
            if capability in entry.capabilities and entry.applies(
                interpreter, backend, start_method
            ):
                return entry.why
        return ""

    def expects(
        self, clause: str, interpreter: Interpreter, backend: Backend, start_method: str
    ) -> list[Deviation]:
        """Return the deviations that are expected of a clause in a cell."""
        return [
            deviation
            for deviation in self.deviations
            if deviation.clause in (clause, clause.partition(".")[0])
            and deviation.applies(interpreter, backend, start_method)
        ]

    def assess(
        self,
        verdict: Verdict,
        clause: str,
        interpreter: Interpreter,
        backend: Backend,
        start_method: str,
        lacks: Sequence[str] = (),
        today: datetime.date | None = None,
    ) -> Assessment:
        """Return the assessment of the verdict on a clause in a cell, by default that of today.

        `lacks` are capabilities that the clause needs, or promises, and the backend does not have.
        """
        reasons = [self.declared(one, interpreter, backend, start_method) for one in lacks]
        unkept = verdict.is_finding or verdict in (Verdict.UNSUPPORTED, Verdict.INCONCLUSIVE)
        if reasons and all(reasons) and unkept:
            why = "; ".join(dict.fromkeys(reasons))
            return Assessment(Verdict.UNSUPPORTED, Standing.EXPECTED, why)
        applying = self.expects(clause, interpreter, backend, start_method)
        # A defect may show in more than one way, each with an entry of its own.
        same = [one for one in applying if one.is_unclaimed or one.verdict is verdict]
        known = next(iter(same or applying), None)
        if (verdict.is_finding or verdict is Verdict.UNSUPPORTED) and known is not None:
            if known.is_unclaimed:
                return Assessment(known.verdict, Standing.EXPECTED, known.why)
            if known.verdict is verdict:
                if known.review and known.review < (today or datetime.date.today()):
                    overdue = f"{known.place} was to be reviewed by {known.review}: {known.why}"
                    return Assessment(verdict, Standing.OVERDUE, overdue)
                return Assessment(verdict, Standing.KNOWN, known.why)
            if verdict.is_finding:
                other = f"{known.place} expects {known.verdict}: {known.why}"
                return Assessment(verdict, Standing.UNEXPECTED, other)
        if verdict.is_finding or verdict is Verdict.ERROR:
            return Assessment(verdict, Standing.UNEXPECTED)
        if verdict is Verdict.PASS and known is not None and not known.is_area:
            if known.is_unclaimed:
                gone = f"{known.place} does not claim it ({known.reason}): the claim can be made"
            else:
                gone = f"{known.place} expects {known.verdict}: {known.reason}"
            return Assessment(verdict, Standing.GONE, gone)
        return Assessment(verdict, Standing.EXPECTED)


def _contains(specifier: str, version: str | None) -> bool:
    if not specifier:
        return True
    try:
        return SpecifierSet(specifier, prereleases=True).contains(Version(version or ""))
    except InvalidVersion:
        return False


def read_ledger(path: str | Path) -> Ledger:
    """Read a ledger from a file; raises LedgerError."""
    try:
        return parse_ledger(Path(path).read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as problem:
        raise LedgerError(f"cannot read the ledger {path}: {problem}") from problem


def parse_ledger(text: str, name: str) -> Ledger:
    """Return the ledger in a TOML text; raises LedgerError."""
    try:
        data = tomllib.loads(text)
        unknown = set(data) - {"deviation", "unclaimed", "lacking"}
        if unknown:
            raise LedgerError(
                f"{name}: unknown key {unknown.pop()!r}; known: deviation, unclaimed and lacking"
            )
        deviations = _entries(Deviation, data, "deviation", name, text)
        for entry in _entries(_Unclaimed, data, "unclaimed", name, text):
            deviations += entry.deviations()
        return Ledger(tuple(deviations), tuple(_entries(Lacking, data, "lacking", name, text)))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise LedgerError(f"{name} is not TOML: {problem}") from problem


def _entries(kind: type[E], data: dict[str, Any], key: str, name: str, text: str) -> list[E]:
    """Return the entries under a key; raises LedgerError with the first thing that is wrong."""
    found = []
    lines = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if re.match(rf"\s*\[\[\s*{key}\s*\]\]", line)
    ]
    tables = data.get(key, [])
    if not (isinstance(tables, list) and all(isinstance(one, dict) for one in tables)):
        raise LedgerError(f"{name}: write [[{key}]], once for each entry")
    for number, table in enumerate(tables, 1):
        # A ledger can be written in other ways than ours, where the header of an entry is no line.
        line = f", line {lines[number - 1]}" if len(lines) == len(tables) else ""
        try:
            # A key `place` of the file is as unknown as any other, and our own comes last.
            given = {key if key != "place" else "place ": value for key, value in table.items()}
            found.append(kind.model_validate({**given, "place": f"{name}{line}"}))
        except ValidationError as problem:
            first = problem.errors()[0]
            where = " ".join(map(str, first["loc"]))
            what = first["msg"].removeprefix("Value error, ")
            if first["type"] == "extra_forbidden":
                known = (field for field in kind.model_fields if field != "place")
                what = f"unknown key; known: {', '.join(known)}"
            of = f" ({table['clause']})" if "clause" in table else ""
            raise LedgerError(
                f"{name}: [[{key}]] number {number}{of}: {where}{': ' if where else ''}{what}"
            ) from None
    return found


def shipped_ledger(backend: str) -> Ledger:
    """Return the ledger that comes with the suite for a module, or an empty one."""
    file = files(__package__) / "ledgers" / f"{backend}.toml"
    if not file.is_file():
        return Ledger()
    return parse_ledger(file.read_text("utf-8"), f"{backend}.toml")
