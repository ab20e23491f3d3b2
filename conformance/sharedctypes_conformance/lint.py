"""The lint of the contract: clauses that are incomplete, and errors in the contract.

A clause without a check is a promise that is never tested; a check that has caught no liar may be
unable to fail; a check without a clause fails without a reason. What `new-clause` leaves to be
filled in is marked TODO. Ids are used in reports and ledgers of other people, so one that was
released is never removed or renamed: `contract/ids.txt` has them all. A quotation must be in the
documentation that it is from; `missing_quotes` looks them up in a copy.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from .contract import PLACES, Clause, Grade, Places, Registry

# The suffixes of documentation files.
SUFFIXES = (".rst", ".txt", ".html", ".md")

IDS = PLACES.contract / "ids.txt"

_IDS_HEAD = """\
# Every clause id that has been released, recorded by: sharedctypes-conformance lint --record-ids
# None of them may be renamed, removed or reused.
"""

_TAG = re.compile(r"<[^<>]+>")
_ROLE = re.compile(r":[\w:+-]+:`([^`]+)`")
_MARKUP = re.compile(r"[*`|\\]|\(\)")


class LintError(Exception):
    """A file cannot be read; the text says which one, and why."""


def released_ids(file: Path = IDS) -> list[str]:
    """Return every clause id that has been released."""
    lines = file.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def record_ids(registry: Registry, file: Path = IDS) -> None:
    """Record that all ids of a registry have been released."""
    ids = sorted({*released_ids(file), *registry.clauses})
    file.write_text(_IDS_HEAD + "".join(f"{one}\n" for one in ids), "utf-8")


def problems(
    registry: Registry,
    checked: Iterable[str],
    released: Iterable[str],
    caught: Mapping[str, Collection[str]] | None = None,
) -> list[str]:
    """Return a sentence for each problem of the contract.

    `checked` are the ids that checks judge or observe, `released` those that have been released,
    and `caught` has for each liar the ids of the clauses that catch it, None if liars are not
    looked at.
    """
    ids, checked, released = set(registry.clauses), set(checked), set(released)
    judged = {one.id for one in registry.clauses.values() if one.grade is not Grade.INFO}
    found = [
        *(f"{one} has no check" for one in sorted(ids - checked)),
        *(f"a check judges {one}, which is not a clause" for one in sorted(checked - ids)),
        *(
            f"{one} was released, and is not a clause now: ids are permanent"
            for one in sorted(released - ids)
        ),
    ]
    if caught is not None:
        exposed = {one for clauses in caught.values() for one in clauses}
        found += [f"{one} has no liar" for one in sorted(judged - exposed)]
        found += [
            f"the liar {liar} is caught by {one}, which is not a clause that is judged"
            for liar, clauses in sorted(caught.items())
            for one in sorted(set(clauses) - judged)
        ]
    return found


def unwritten(places: Places = PLACES) -> list[str]:
    """Return each line of stanzas, checks and liars that is marked TODO."""
    files = [
        *places.contract.glob("*.toml"),
        *places.checks.rglob("*.py"),
        *places.liars.rglob("*.py"),
    ]
    return [
        f"{file.relative_to(places.root)}:{number}: {todo[0]}"
        for file in sorted(files)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if (todo := re.search(r'\bTODO\b[^"]*', line))
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
    """Return a text without markup, with runs of white space replaced by one space."""
    return " ".join(_MARKUP.sub("", _ROLE.sub(_shown, text)).split())


def _shown(role: re.Match[str]) -> str:
    title, _, target = role[1].partition(" <")
    if target or not title.startswith("~"):
        return title.removeprefix("!")
    return title.rpartition(".")[2]
