"""The clause registry: reads the area files, validates them, and looks clauses up by id.

A clause says what must hold, in a sentence of ours, and names its source: the section of the
documentation and, for a MUST, the sentence in it. Its id is permanent. Clauses that say the same
about several things are declared once, as a matrix.
"""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from keyword import iskeyword
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.version import Version
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from .capabilities import CAPABILITIES
from .matrices import Matrix

# The area, and what must hold.
CLAUSE_ID = r"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$"


class ContractError(Exception):
    """An area file breaks the rules for clauses, or an unknown clause or area was asked for."""


# Fewer names than this are listed where none is near to the one asked for.
FEW = 40


class Grade(StrEnum):
    """How binding a clause is."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    INFO = "INFO"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(_Strict):
    """One thing that must hold.

    `since` and `until` are Python versions: the first in which it holds, the first in which it no
    longer does. If `of_packages`, it holds for a backend in a package with contexts of its own, as
    `multiprocessing` is one, and there is nothing to judge of another. Clauses that differ in only
    two things have a `row` and a `column`; reports also show their results as a table. `needs` are
    the capabilities without which it cannot be judged,
    those of its area among them.
    """

    id: str = Field(pattern=CLAUSE_ID)
    grade: Grade
    says: str
    section: str
    quote: str = ""
    since: str = ""
    until: str = ""
    of_packages: bool = False
    row: str = ""
    column: str = ""
    needs: tuple[str, ...] = ()

    @field_validator("needs")
    @classmethod
    def _are_capabilities(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in needs if name not in CAPABILITIES]
        if unknown:
            raise ValueError(_unknown("capability", unknown[0], list(CAPABILITIES)))
        return tuple(name for name in CAPABILITIES if name in needs)

    @property
    def promises(self) -> tuple[str, ...]:
        """The capabilities that the clause says there are."""
        return tuple(one.name for one in CAPABILITIES.values() if one.promised_by == self.id)

    @property
    def area(self) -> str:
        """The area's name, the first part of the id."""
        return self.id.partition(".")[0]

    @model_validator(mode="after")
    def _a_must_is_quoted(self) -> Clause:
        if self.grade is Grade.MUST and not self.quote:
            raise ValueError(f"{self.id} is a MUST without a quoted source")
        return self

    @model_validator(mode="after")
    def _a_place_is_a_row_and_a_column(self) -> Clause:
        if bool(self.row) is not bool(self.column):
            raise ValueError(f"{self.id} has a row or a column, but not both")
        return self

    def applies_to(self, python: str, own_contexts: bool) -> bool:
        """Return whether the clause holds for a version of Python, such as `3.11.7`.

        `own_contexts` is whether the backend is in a package with contexts of its own.
        """
        if self.of_packages and not own_contexts:
            return False
        bounds = [f">={self.since}"] * bool(self.since) + [f"<{self.until}"] * bool(self.until)
        return SpecifierSet(",".join(bounds), prereleases=True).contains(Version(python))


class Area(_Strict):
    """The clauses of one area, in the order in which they are best read; matrices come last."""

    name: str
    title: str
    story: str
    clauses: tuple[Clause, ...] = Field(alias="clause")

    @model_validator(mode="before")
    @classmethod
    def _matrices_become_clauses(cls, declared: dict[str, Any]) -> dict[str, Any]:
        matrices = [Matrix(**matrix) for matrix in declared.get("matrix", ())]
        clauses = [*declared.get("clause", ())]
        for matrix in matrices:
            clauses += matrix.expanded(Clause.model_fields)
        rest = {name: value for name, value in declared.items() if name not in ("matrix", "needs")}
        needs = declared.get("needs", [])
        return {**rest, "clause": [_with_needs(one, needs) for one in clauses]}

    @model_validator(mode="after")
    def _ids_start_with_the_area(self) -> Area:
        for clause in self.clauses:
            if clause.area != self.name:
                raise ValueError(f"{clause.id} is in the file of area {self.name}")
        return self


def _with_needs(clause: Any, of_area: list[str]) -> Any:
    """Return a clause as it is declared, with what its area needs among what it needs itself.

    Whatever a matrix declares is text.
    """
    if not isinstance(clause, dict):
        return clause
    own = clause.get("needs", [])
    return {**clause, "needs": [*of_area, *(own.split() if isinstance(own, str) else own)]}


def folder_of(area: str) -> str:
    """Return the name of the folder of an area's checks, and of its liars: an identifier."""
    name = area.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


class Registry:
    """All areas and clauses."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        self.areas = {area.name: area for area in areas}
        self.clauses = {clause.id: clause for area in areas for clause in area.clauses}
        if len(self.clauses) != sum(len(area.clauses) for area in areas):
            raise ContractError("a clause id is used twice")

    def clause(self, clause_id: str) -> Clause:
        """Return the clause of this id; raises ContractError naming similar ones."""
        try:
            return self.clauses[clause_id]
        except KeyError:
            raise ContractError(_unknown("clause", clause_id, list(self.clauses))) from None

    def area(self, name: str) -> Area:
        """Return the area of this name; raises ContractError naming all."""
        try:
            return self.areas[name]
        except KeyError:
            raise ContractError(_unknown("area", name, list(self.areas))) from None


def _unknown(what: str, asked: str, known: list[str]) -> str:
    near = get_close_matches(asked, known, n=3, cutoff=0.5)
    if near:
        return f"unknown {what} {asked!r}; did you mean {' or '.join(near)}? `clauses` lists all"
    if len(known) < FEW:
        return f"unknown {what} {asked!r}; there are {', '.join(sorted(known))}"
    return f"unknown {what} {asked!r}; `sharedctypes-conformance clauses` lists all"


@cache
def load_registry() -> Registry:
    """Read the area files of this package; raises ContractError naming file and error."""
    areas = []
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            try:
                areas.append(Area(name=name, **tomllib.loads(file.read_text("utf-8"))))
            except (tomllib.TOMLDecodeError, ValidationError) as problem:
                raise ContractError(f"{file.name}: {problem}") from problem
    return Registry(tuple(areas))
