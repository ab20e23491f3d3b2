"""What a run has found, in a terminal: a block for each clause that is not a plain pass.

Start methods with the same verdict share a block. Of a known deviation, the ledger has said already
what happens, and its block is short. The last line of any other is the command that judges the
clause again; it is not wrapped, so that it can be copied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..contract import load_registry
from ..verdicts.control import WORDS
from ..verdicts.model import Report, Result, Standing, Verdict
from .lacking import is_for_lack
from .styles import style_of_result
from .words import command_of

# Where more clauses than this cannot be judged for one reason, that is said once.
MOST_OF_A_REASON = 3


def show_findings(report: Report, console: Console) -> None:
    """Print the blocks; those of known deviations first, so that the others are seen."""
    groups = sorted(_groups(report), key=lambda group: group[0].standing is not Standing.KNOWN)
    shared = Counter(map(_reason, groups))
    said: set[tuple[str, ...]] = set()
    for group in groups:
        reason, count = _reason(group), shared[_reason(group)]
        together = group[0].verdict is Verdict.INCONCLUSIVE and count > MOST_OF_A_REASON
        if together and reason in said:
            continue
        said.add(reason)
        what = f"{count} clauses" if together else f"{group[0].clause} ({group[0].grade})"
        console.print(_heading(report, group, what))
        console.print(_block(group, is_one=not together))
        if group[0].standing is not Standing.KNOWN:
            console.print(f"  again     {command_of(group[0])}", soft_wrap=True, highlight=False)
        console.print()


def _groups(report: Report) -> list[list[Result]]:
    """Return the results to be shown, those of one backend, clause and verdict together."""
    grouped: dict[tuple[str, str, str, str], list[Result]] = {}
    for result in report.judged:
        passed = result.verdict in (Verdict.PASS, Verdict.OBSERVED)
        if (
            result.follows_from
            or is_for_lack(result)
            or (passed and result.standing is not Standing.GONE)
        ):
            continue
        key = (result.backend, result.interpreter, result.clause, result.word)
        grouped.setdefault(key, []).append(result)
    return list(grouped.values())


def _reason(group: Sequence[Result]) -> tuple[str, ...]:
    """Return what a verdict is about, besides its clause."""
    return (*group[0].cell, group[0].verdict, group[0].message)


def _heading(report: Report, group: Sequence[Result], what: str) -> Text:
    first = group[0]
    where = ", ".join(result.start_method for result in group)
    titles = {one.interpreter.executable: one.interpreter.title for one in report.subjects}
    if len(titles) > 1:
        where = f"{titles[first.interpreter]}: {where}"
    heading = Text.assemble((first.word, style_of_result(first)), "  ", (what, "bold"))
    return heading.append(f"  {first.backend} ({where})")


def _block(group: Sequence[Result], is_one: bool) -> Table:
    block = Table.grid(padding=(0, 2), pad_edge=False)
    block.add_column(no_wrap=True, width=10)
    block.add_column(overflow="fold")
    for label, text in _said(group, is_one):
        block.add_row(Text(f"  {label}", style="dim"), Text(text))
    return block


def _said(group: Sequence[Result], is_one: bool) -> Iterator[tuple[str, str]]:
    first = group[0]
    if first.standing is Standing.KNOWN:
        yield "known", first.reason
        return
    if is_one:
        clause = load_registry().clauses.get(first.clause)
        if clause is not None:
            yield "promised", clause.says
    if first.message:
        yield ("why" if first.verdict is Verdict.INCONCLUSIVE else "happened"), first.message
    if first.reason:
        yield "ledger", first.reason
    for control in dict.fromkeys(result.control for result in group if result.control):
        yield "control", WORDS[control]
