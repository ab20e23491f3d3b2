"""What backends lack, and what they hand on, in a terminal: a line for each of these."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from ..verdicts.model import Claim, Found, Report, Result, Standing, Verdict
from .styles import OPEN_STYLE, STYLES


def is_for_lack(result: Result) -> bool:
    """Return whether a clause was not judged because the backend lacks what it needs."""
    judged = result.evidence is not None
    return result.verdict is Verdict.UNSUPPORTED and bool(result.lacks) and not judged


def lines_about_capabilities(report: Report) -> Iterator[Text]:
    """Yield a line for each capability that a backend lacks, or has and says it lacks."""
    groups: dict[tuple[str, str, str, Claim, str], list[Found]] = {}
    for one in report.capabilities:
        if one.is_lacking or one.claim is not Claim.CONFIRMED:
            key = (one.backend, one.interpreter, one.capability, one.claim, one.declared)
            groups.setdefault(key, []).append(one)
    titles = {one.interpreter.executable: one.interpreter.title for one in report.subjects}
    for group in groups.values():
        yield _line(report, group, titles)


def _line(report: Report, group: list[Found], titles: dict[str, str]) -> Text:
    first = group[0]
    where = ", ".join(one.start_method for one in group)
    if len(titles) > 1:
        where = f"{titles[first.interpreter]}: {where}"
    if first.claim is Claim.UNDERSTATED:
        word = Text(f"has {first.capability}", STYLES[Standing.GONE])
        word.append(f"  {first.backend} ({where}): its ledger says that it does not")
        return word.append(f" ({first.declared})")
    declared = first.claim is Claim.CONFIRMED
    style = STYLES[Standing.KNOWN] if declared else OPEN_STYLE
    line = Text(f"lacks {first.capability}", style)
    line.append(", as it declares" if declared else ", which it does not declare", style)
    line.append(f"  {first.backend} ({where}): {first.evidence}")
    clauses = {
        result.clause
        for result in report.judged
        if first.capability in result.lacks
        and result.verdict is Verdict.UNSUPPORTED
        and (result.backend, result.interpreter) == (first.backend, first.interpreter)
    }
    if clauses:
        line.append(f"; {len(clauses)} clause{'s' * (len(clauses) > 1)} unsupported")
    return line


def lines_about_origins(report: Report) -> Iterator[Text]:
    """Yield a line for each module of which a backend hands things on."""
    groups: dict[tuple[str, str, str], dict[str, None]] = {}
    methods: dict[tuple[str, str, str], dict[str, None]] = {}
    for one in report.origins:
        if one.is_handed_on:
            whose = one.parent
            if one.child not in ("", one.parent):
                whose += f" (in a child of {one.child})"
            key = (one.backend, one.interpreter, whose)
            groups.setdefault(key, {})[one.what] = None
            methods.setdefault(key, {})[one.start_method] = None
    for (backend, interpreter, whose), things in groups.items():
        where = ", ".join(methods[backend, interpreter, whose])
        line = Text("hands on", "bold")
        yield line.append(f"  {backend} ({where}): of {whose}: {', '.join(things)}")
