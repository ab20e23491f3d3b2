"""The difference of two reports in a terminal: a row for each clause and change."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..verdicts.difference import Change, Comparison, Difference

_STYLES = {
    Change.BROKEN: "bold red",
    Change.FOUND: "bold red",
    Change.CHANGED: "bold magenta",
    Change.UNJUDGED: "cyan",
    Change.FIXED: "green",
}


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Print what differs; start methods in which a clause differs in the same way share a row."""
    for which, titles in (("old", comparison.old), ("new", comparison.new)):
        console.print(f"{which}: {', '.join(titles)}", highlight=False)
    if comparison.differences:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        table.add_column("change", no_wrap=True)
        for title in ("clause", "where", "old", "new"):
            table.add_column(title, overflow="fold")
        for row in _rows(comparison):
            table.add_row(*row)
        console.print(table)
    counts = [f"{comparison.counts[change]} {change}" for change in Change]
    console.print(f"{', '.join(counts)}; {comparison.same} the same.", highlight=False)


def _rows(comparison: Comparison) -> Iterator[tuple[str | Text, ...]]:
    groups: dict[tuple[object, ...], list[Difference]] = {}
    for one in comparison.differences:
        key = (one.change, one.clause, one.backend, one.interpreter, one.old, one.new)
        groups.setdefault(key, []).append(one)
    several = len({(one.backend, one.interpreter) for one in comparison.differences}) > 1
    for group in groups.values():
        first = group[0]
        methods = ", ".join(one.start_method for one in group)
        where = f"{first.backend}, {first.interpreter}: {methods}" if several else methods
        change = Text(first.change.value, style=_STYLES.get(first.change, ""))
        old, new = (verdict.value if verdict else "-" for verdict in (first.old, first.new))
        yield change, first.clause, where, old, new
