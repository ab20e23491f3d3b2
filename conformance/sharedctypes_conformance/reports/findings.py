"""What a run has found, in a terminal: a block for each clause that is not a plain pass.

Start methods with the same verdict share a block, and so do clauses that do not hold for the same
reason: an accessor without its lock breaks dozens. Of a known deviation, the ledger has said
already what happens, and its block is short. The last line of any other is the command that judges
the clause again; it is not wrapped, so that it can be copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..contract import load_registry
from ..verdicts.control import WORDS
from ..verdicts.model import Report, Result, Standing, Verdict
from .lacking import is_for_lack
from .styles import style_of_result
from .words import clauses_in_words, command_of

# Where more clauses than this cannot be judged for one reason, that is said once.
MOST_OF_A_REASON = 3


def show_findings(report: Report, console: Console) -> None:
    """Print the blocks; those of known deviations first, so that the others are seen."""
    groups = sorted(_groups(report), key=lambda group: group[0].standing is not Standing.KNOWN)
    for alike in _alike(groups):
        group = alike[0]
        if group[0].verdict is Verdict.INCONCLUSIVE and len(alike) > 1:
            console.print(_heading(report, group, f"{len(alike)} clauses"))
            console.print(_block(group, is_one=False))
        else:
            console.print(_heading(report, group, f"{group[0].clause} ({group[0].grade})"))
            console.print(_block(group, is_one=True, others=[one[0].clause for one in alike[1:]]))
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


def _alike(groups: Iterable[list[Result]]) -> list[list[list[Result]]]:
    """Return the groups that say the same together: with the one that shows it best first."""
    together: dict[tuple[object, ...], list[list[Result]]] = {}
    for group in groups:
        first = group[0]
        where = (first.backend, first.interpreter, first.word)
        if first.standing is Standing.KNOWN or not (first.cause or first.message):
            key: tuple[object, ...] = (*where, first.clause)
        elif first.verdict is Verdict.INCONCLUSIVE:
            key = (*where, first.start_method, first.message)
        else:
            key = (*where, first.cause or first.clause)
        together.setdefault(key, []).append(group)
    found = []
    for alike in together.values():
        if alike[0][0].verdict is Verdict.INCONCLUSIVE and len(alike) <= MOST_OF_A_REASON:
            found += [[group] for group in alike]
        else:
            found.append(sorted(alike, key=_difficulty))
    return found


def _difficulty(group: Sequence[Result]) -> tuple[bool, int, int]:
    """Return how much has to be read to see what a finding is about, least first."""
    first = group[0]
    lines = len(first.evidence.history) if first.evidence else 0
    return first.grade != "MUST", lines, len(first.message)


def _heading(report: Report, group: Sequence[Result], what: str) -> Text:
    first = group[0]
    where = ", ".join(result.start_method for result in group)
    titles = {one.interpreter.executable: one.interpreter.title for one in report.subjects}
    if len(titles) > 1:
        where = f"{titles[first.interpreter]}: {where}"
    heading = Text.assemble((first.word, style_of_result(first)), "  ", (what, "bold"))
    return heading.append(f"  {first.backend} ({where})")


def _block(group: Sequence[Result], is_one: bool, others: Sequence[str] = ()) -> Table:
    block = Table.grid(padding=(0, 2), pad_edge=False)
    block.add_column(no_wrap=True, width=10)
    block.add_column(overflow="fold")
    for label, text in _said(group, is_one):
        block.add_row(Text(f"  {label}", style="dim"), Text(text))
    if others:
        said = f"{clauses_in_words(len(others))} for the same reason: {', '.join(sorted(others))}"
        block.add_row(Text("  also", style="dim"), Text(said))
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
