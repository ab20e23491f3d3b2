"""Matrices: clauses that say the same for each row and each column, declared once.

A matrix is a template of a clause, with a table of words for each row and for each column:

    [[matrix]]
    template.id = "area.{who}-waits-for-{lock}"
    template.says = "{who} waits while {holder} holds a {lock}."

    [[matrix.rows]]
    row = "child against parent"
    who = "child"
    holder = "its parent"

    [[matrix.columns]]
    column = "Lock"
    lock = "lock"
    grade = "SHOULD"
    section = "Synchronization primitives, Lock"

Each pair of a row and a column makes one clause. Its fields come from the row, else from the
column, else from the template. `{word}` stands for the text of that word, which may itself use
words. Words that are not fields of a clause can only be used in this way.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from string import Formatter

from pydantic import BaseModel, ConfigDict


class Matrix(BaseModel):
    """A matrix as an area file declares it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: dict[str, str]
    rows: tuple[dict[str, str], ...]
    columns: tuple[dict[str, str], ...]

    def expanded(self, fields: Iterable[str]) -> list[dict[str, str]]:
        """Return the fields of a clause for each row and column, row by row.

        Raises ValueError for a word that is used and not declared, or declared and not used.
        """
        fields = set(fields)
        pairs = [
            {**self.template, **column, **row} for row, column in product(self.rows, self.columns)
        ]
        for words in pairs:
            unused = words.keys() - fields - {name for text in words.values() for name in _in(text)}
            if unused:
                raise ValueError(
                    f"a matrix declares {', '.join(sorted(unused))} and does not use it"
                )
        return [{name: _filled(words, name) for name in words.keys() & fields} for words in pairs]


def _in(text: str) -> list[str]:
    """Return the words that a text uses."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _filled(words: dict[str, str], name: str, using: tuple[str, ...] = ()) -> str:
    """Return the text of a word without braces; `using` are the words whose texts it is part of."""
    if name not in words or name in using:
        why = "defined by itself" if name in using else "not declared"
        raise ValueError(f"{name!r}, which {using[-1]!r} of a matrix uses, is {why}")
    used = {each: _filled(words, each, (*using, name)) for each in _in(words[name])}
    return words[name].format_map(used)
