"""The gallery of liars: backends of a checkout with one defect each, as they describe themselves.

A liar is a module of `tests/liars/<area>/`; its docstring is the lie. `CAUGHT_BY` has the verdict
of each clause that must catch it. It may have `START_METHODS`, those under which it lies; and
`UNJUDGED_WITHOUT`, what a machine or interpreter must have for its lie to show. All are literals,
read without importing the module.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_METHODS = ("fork", "spawn", "forkserver")

# Correct backends, which liars extend.
HONEST = "honest"


class GalleryError(Exception):
    """A liar cannot be read; the text says which one, and why."""


@dataclass(frozen=True)
class Liar:
    """A backend with one defect: `name` is `area.lie`, `caught_by` has verdicts by clause."""

    name: str
    caught_by: dict[str, str]
    start_methods: tuple[str, ...] = _METHODS
    unjudged_without: str = ""


def read_gallery(folder: Path) -> list[Liar]:
    """Return the liars of a folder in the order of their names; raises GalleryError."""
    return [
        _read(file)
        for file in sorted(folder.glob("*/*.py"))
        if file.parent.name != HONEST and file.stem != "__init__"
    ]


def _read(file: Path) -> Liar:
    try:
        assigned = _literals(file.read_text("utf-8"))
        return Liar(
            f"{file.parent.name}.{file.stem}",
            dict(assigned["CAUGHT_BY"]),
            tuple(assigned.get("START_METHODS", _METHODS)),
            assigned.get("UNJUDGED_WITHOUT", ""),
        )
    except KeyError as problem:
        raise GalleryError(f"{problem.args[0]} of the liar {str(file)!r} is not assigned") from None
    except (OSError, SyntaxError, ValueError) as problem:
        raise GalleryError(f"cannot read the liar {str(file)!r}: {problem}") from None


def _literals(text: str) -> dict[str, Any]:
    return {
        name: ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign)
        and (name := ast.unparse(node.targets[0]))
        in ("CAUGHT_BY", "START_METHODS", "UNJUDGED_WITHOUT")
    }
