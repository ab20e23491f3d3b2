"""Pairs of releases, as `pairs.toml` has them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from sharedctypes_conformance.contract import load_registry

FILE = Path(__file__).with_name("pairs.toml")


class Release(BaseModel):
    """What is judged: a version of Python, as `3.11`, and the packages that are installed for it.

    They are requirements with exact versions, and all that is needed: no dependency is added.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    python: str
    install: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The package that the pair is about, or the interpreter."""
        return " ".join((f"Python {self.python}", *self.install[:2]))


class Pair(BaseModel):
    """A release that breaks a clause under a start method, and one that keeps it.

    `what` is what goes wrong, and `link` the public issue if there is one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    link: str = ""
    backend: str
    clause: str
    start_method: str
    red: Release
    green: Release

    @field_validator("clause")
    @classmethod
    def _exists(cls, name: str) -> str:
        return load_registry().clause(name).id


def pairs() -> list[Pair]:
    """Return all pairs."""
    return [Pair(**one) for one in tomllib.loads(FILE.read_text("utf-8"))["pair"]]
