"""From reports to a ledger: what was found is added, what has been fixed is taken out.

Each deviation that a report has and the ledger lacks gets an entry of its own, whose conditions
hold only where it was seen: no entry is ever made wider. Where a clause holds that an entry expects
to fail, the entry's conditions are narrowed until they leave that out, and an entry that is left
with nothing goes. Comments, and entries that are right, stay as they are.

An interpreter's versions are told apart by their minor version, since a defect that is fixed in
between shows as one that is gone. What is added has no explanation yet, so it is to be reviewed
soon.
"""

from __future__ import annotations

import copy
import datetime
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import tomlkit
from tomlkit.items import Table

from .ledger import Deviation, Ledger, LedgerError, parse_ledger
from .model import Report, Standing, Verdict
from .narrowing import Conditions, Seen, narrowest, without

# How long an entry may stay that nobody has explained.
REVIEW_AFTER = datetime.timedelta(days=90)


@dataclass(frozen=True)
class Update:
    """A ledger after an update: its text, and a line for each change."""

    text: str
    changes: tuple[str, ...] = ()


def update(
    text: str, name: str, reports: Iterable[Report], backend: str, today: datetime.date
) -> Update:
    """Return a ledger's text brought up to date with what reports say of a backend.

    `name` is what the ledger is called in sentences. Raises LedgerError if it cannot be read.
    """
    ledger = parse_ledger(text, name)
    document = tomlkit.parse(text)
    tables = document.get("deviation", [])
    if not isinstance(tables, list) or not all(isinstance(one, Table) for one in tables):
        raise LedgerError(f"{name}: write [[deviation]] above each entry for it to be updated")
    seen = _seen(reports, backend)
    entries = [entry for entry in ledger.deviations if not entry.is_unclaimed]
    written, changes = tomlkit.aot(), []
    for table, entry in zip(tables, entries, strict=True):
        left = _left(entry, seen)
        if left == [Conditions.of(entry)]:
            written.append(table)
            continue
        changes.append(f"{entry.place}: {entry.clause} {_done(left)}")
        for conditions in left:
            written.append(_with(table, conditions))
    for table, change in _new(ledger, seen, today):
        changes.append(change)
        written.append(table)
    if not changes:
        return Update(text)
    document["deviation"] = written
    updated = tomlkit.dumps(document)
    parse_ledger(updated, name)
    return Update(updated, tuple(changes))


def _seen(reports: Iterable[Report], backend: str) -> list[Seen]:
    """Return what is known of a backend; of a cell that was judged twice, the later result."""
    latest = {}
    for report in reports:
        subjects = {
            (one.backend.module, one.interpreter.executable): one for one in report.subjects
        }
        for result in report.judged:
            subject = subjects.get((result.backend, result.interpreter))
            if subject is not None and result.backend == backend:
                seen = Seen(result, subject)
                where = (seen.implementation, seen.minor, seen.gil, seen.version, seen.method)
                latest[(result.clause, *where)] = seen
    return list(latest.values())


def _left(entry: Deviation, seen: Iterable[Seen]) -> list[Conditions]:
    """Return where an entry may still be true."""
    its = [one for one in seen if one.is_in(entry)]
    failing = [one for one in its if one.result.verdict is entry.verdict]
    holding = [one for one in its if one.result.verdict is Verdict.PASS]
    return without(entry, failing, holding)


def _done(left: list[Conditions]) -> str:
    if not left:
        return "holds everywhere: taken out"
    return "holds in some places: now " + "; or ".join(
        ", ".join(f"{key} = {value}" for key, value in _as_toml(one).items()) or "everywhere"
        for one in left
    )


def _as_toml(conditions: Conditions) -> dict[str, Any]:
    """Return the conditions that an entry states."""
    stated = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(conditions).items()
    }
    return {name: value for name, value in stated.items() if value not in ("", None, [])}


def _with(table: Table, conditions: Conditions) -> Table:
    """Return an entry with other conditions, and what else it says as it is."""
    changed = copy.deepcopy(table)
    stated = _as_toml(conditions)
    for name in asdict(conditions):
        if name not in stated:
            changed.pop(name, None)
        elif name not in changed or changed[name] != stated[name]:
            changed[name] = stated[name]
    return changed


def _new(ledger: Ledger, seen: Iterable[Seen], today: datetime.date) -> Iterator[tuple[Table, str]]:
    """Yield the entries that the ledger lacks."""
    lacking: dict[tuple[str, Verdict], list[Seen]] = {}
    for one in seen:
        result = one.result
        known = any(
            one.is_in(entry) and entry.verdict is result.verdict for entry in ledger.deviations
        )
        if result.standing is Standing.UNEXPECTED and result.verdict.is_finding and not known:
            lacking.setdefault((result.clause, result.verdict), []).append(one)
    for (clause, verdict), failing in sorted(lacking.items()):
        for conditions in narrowest(failing):
            table = tomlkit.table()
            table["clause"] = clause
            if verdict is not Verdict.FAIL:
                table["verdict"] = verdict.value
            table.update(_as_toml(conditions))
            table["reason"] = f"not explained yet: {_short(failing[0].result.message)}"
            table["review"] = today + REVIEW_AFTER
            yield table, f"{clause} does not hold ({verdict}): added, with no explanation yet"


def _short(message: str) -> str:
    return textwrap.shorten(message, 200, placeholder=" ...")
