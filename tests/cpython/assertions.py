"""What CPython's tests of shared ctypes assert: as this project reads it, and as it stands there.

`table()` reads `assertions.toml`, in which each assertion has the clauses that say the same, or the
reason why none does. `theirs()` reads the source of the running interpreter's own test module,
without importing it. Tests compare the two.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from . import CLASSES, MODULE


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Assertion(_Strict):
    """Something that a test asserts, in `count` calls of unittest's, or by not failing."""

    says: str
    count: int = 0
    clauses: tuple[str, ...] = ()
    no_clause: str = ""

    @model_validator(mode="after")
    def _has_clauses_or_a_reason(self) -> Assertion:
        if bool(self.clauses) == bool(self.no_clause):
            raise ValueError(f"clauses or a reason for having none, not both: {self.says}")
        return self


class Method(_Strict):
    """One of their test methods.

    `calls` are functions of the API that it calls, `since` the first Python that has it, and
    `not_applicable` says why it cannot be run on another implementation.
    """

    name: str
    calls: tuple[str, ...] = ()
    since: str = ""
    not_applicable: str = ""
    assertions: tuple[Assertion, ...]

    @property
    def expected_here(self) -> bool:
        """Whether the running interpreter is new enough to have it."""
        since = tuple(int(part) for part in self.since.split(".") if part)
        return sys.version_info[: len(since)] >= since


def table() -> dict[str, Method]:
    """Return the tests of the table, by class and method."""
    text = Path(__file__).with_name("assertions.toml").read_text("utf-8")
    tests = [Method(**entry) for entry in tomllib.loads(text)["test"]]
    return {test.name: test for test in tests}


def source() -> Path | None:
    """Return where the interpreter's test module is, or None: not every distribution ships it."""
    try:
        spec = importlib.util.find_spec(MODULE)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec is not None and spec.origin else None


def theirs(file: Path) -> dict[str, int]:
    """Return how often each test method calls an assertion."""
    classes = {
        node.name: node
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    return {
        f"{name}.{method.name}": sum(map(_is_assertion, ast.walk(method)))
        for name in CLASSES
        for method in classes[name].body
        if isinstance(method, ast.FunctionDef) and method.name.startswith("test")
    }


def _is_assertion(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("assert")
    )
