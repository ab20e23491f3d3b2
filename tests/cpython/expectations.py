"""What comes of this project's tests of the reference when the standard library is under test.

A test passes, unless `expectations.toml` has it: with the clauses of the contract that the standard
library is known to break, and that the test needs kept, or with the reason why it fails all the
same, or does not apply.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

REFERENCE = Path(__file__).parent.parent / "reference"


class Expectation(BaseModel):
    """What is known of one test, or of it with some of its parameters.

    `clauses` are broken, so that the test fails where the shipped ledger knows one of them; `fails`
    is why it fails where no clause speaks of that; `not_applicable` is why it is not run.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    parameters: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    fails: str = ""
    not_applicable: str = ""

    @model_validator(mode="after")
    def _has_one_reason(self) -> Expectation:
        if sum(map(bool, (self.clauses, self.fails, self.not_applicable))) != 1:
            raise ValueError(f"{self.name}: one of clauses, fails, not_applicable")
        return self

    @property
    def tests(self) -> list[str]:
        """The names of the tests, with parameters if it has some."""
        return [f"{self.name}[{each}]" for each in self.parameters] or [self.name]

    def covers(self, test: str) -> bool:
        """Return whether it is about a test, given as `test_raw.py::test_x[spawn]`."""
        return test in self.tests or test.partition("[")[0] in self.tests


def expectations() -> list[Expectation]:
    """Return what is known, in the order of the file."""
    text = Path(__file__).with_name("expectations.toml").read_text("utf-8")
    return [Expectation(**entry) for entry in tomllib.loads(text).get("test", [])]
