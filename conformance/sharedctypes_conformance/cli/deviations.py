"""Commands about ledgers of known deviations."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from .. import api
from ..verdicts.updating import update as updated
from .common import fail, read_report, write_file

_FILE = click.Path(path_type=Path)


@click.group()
def deviations() -> None:
    """Keep a ledger of known deviations up to date."""


@deviations.command()
@click.argument("reports", metavar="REPORT...", type=_FILE, nargs=-1, required=True)
@click.option("--ledger", type=_FILE, required=True, help="The ledger; made if it is not there.")
@click.option("--backend", help="The module, if the reports have several.")
@click.option("--check", is_flag=True, help="Change nothing; exit with status 1 if it would.")
def update(reports: tuple[Path, ...], ledger: Path, backend: str | None, check: bool) -> None:
    """Add to a ledger what reports have found, and narrow the entries that no longer hold.

    What is added holds only where it was found, and is to be reviewed within 90 days: replace the
    reason by one that explains it. No entry is made wider.
    """
    given = [read_report(file) for file in reports]
    judged = sorted({result.backend for report in given for result in report.judged})
    if backend is None and len(judged) != 1:
        fail(f"say which --backend the ledger is of: {', '.join(judged) or 'nothing was judged'}")
    if backend is not None and backend not in judged:
        fail(f"{backend!r} was not judged; judged were: {', '.join(judged) or 'none'}")
    try:
        text = ledger.read_text("utf-8") if ledger.exists() else ""
        result = updated(text, str(ledger), given, backend or judged[0], datetime.date.today())
    except (OSError, UnicodeDecodeError) as problem:
        fail(f"cannot read the ledger {str(ledger)!r}: {problem}")
    except api.LedgerError as problem:
        fail(str(problem))
    for change in result.changes or ("nothing has to be changed",):
        click.echo(change)
    if check:
        sys.exit(1 if result.changes else 0)
    if result.changes:
        write_file(ledger, result.text)
