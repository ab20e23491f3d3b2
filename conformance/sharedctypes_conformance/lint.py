"""The lint of the contract: what would let it drift from its checks or from its sources.

A clause without a check is a promise that nobody looks at; a check without a clause accuses without
saying of what. An id stands in reports and ledgers of other people, so none ever goes or changes:
`contract/ids.txt` has all that there ever were. A quotation is to be found in the documentation it
is from; `missing_quotes` looks for all of them in a copy of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from . import contract
from .contract import Clause, Registry

# What documentation is written in.
SUFFIXES = (".rst", ".txt", ".html", ".md")

_TAG = re.compile(r"<[^<>]+>")
_ROLE = re.compile(r":[\w:+-]+:`([^`]+)`")
_MARKUP = re.compile(r"[*`|\\]|\(\)")


class LintError(Exception):
    """The documentation cannot be read; the text says why."""


def recorded_ids() -> list[str]:
    """Return every clause id that there ever was."""
    lines = (files(contract) / "ids.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def problems(registry: Registry, checked: Iterable[str], recorded: Iterable[str]) -> list[str]:
    """Return a sentence for each thing that is wrong with the contract.

    `checked` are the ids that checks judge or observe, `recorded` those that there ever were.
    """
    ids, checked, recorded = set(registry.clauses), set(checked), set(recorded)
    return [
        *(f"{one} has no check" for one in sorted(ids - checked)),
        *(f"a check judges {one}, which is no clause" for one in sorted(checked - ids)),
        *(f"{one} was removed or renamed; ids are permanent" for one in sorted(recorded - ids)),
        *(f"{one} is not in contract/ids.txt; add it" for one in sorted(ids - recorded)),
    ]


def missing_quotes(registry: Registry, documentation: Path) -> list[Clause]:
    """Return the clauses whose quotation is not in a file or folder; raises LintError."""
    text = "\n".join(_texts(documentation))
    return [
        clause
        for clause in registry.clauses.values()
        if clause.quote and plain(clause.quote) not in text
    ]


def _texts(documentation: Path) -> Iterator[str]:
    found = [documentation] if documentation.is_file() else sorted(documentation.rglob("*"))
    found = [path for path in found if path.suffix in SUFFIXES]
    if not found:
        raise LintError(
            f"no documentation in {str(documentation)!r}: give a file or folder of {_LISTED}"
        )
    for path in found:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise LintError(f"cannot read {str(path)!r}: {problem}") from None
        yield plain(html.unescape(_TAG.sub("", text)) if path.suffix == ".html" else text)


_LISTED = ", ".join(f"*{suffix}" for suffix in SUFFIXES)


def plain(text: str) -> str:
    """Return a text without markup, with its white space made one blank each."""
    return " ".join(_MARKUP.sub("", _ROLE.sub(_shown, text)).split())


def _shown(role: re.Match[str]) -> str:
    title, _, target = role[1].partition(" <")
    if target or not title.startswith("~"):
        return title.removeprefix("!")
    return title.rpartition(".")[2]
