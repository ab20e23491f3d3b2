"""Commands about reports."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .. import api
from ..reports.comparison import show_comparison
from .common import fail, make_console, output

_FILE = click.Path(path_type=Path)


@click.group()
def report() -> None:
    """Read reports."""


@report.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def diff(old: Path, new: Path, form: str) -> None:
    """Show what differs between two reports, such as those of two versions of a backend.

    Cells are compared by clause, backend, minor version of Python and start method.

    Exit status: 0 if nothing is worse, 1 if a clause does not hold in NEW that held in OLD, was not
    judged there or failed in another way, 2 for files that are no reports, 3 if nothing else is
    wrong but a MUST clause is judged no longer.
    """
    try:
        comparison = api.compare(api.read_report(old), api.read_report(new))
    except api.ReportError as problem:
        fail(str(problem))
    with output():
        if form == "json":
            click.echo(comparison.model_dump_json(indent=1))
        else:
            show_comparison(comparison, make_console())
    sys.exit(comparison.exit_status)


@report.command()
def schema() -> None:
    """Print the JSON Schema of reports."""
    click.echo(json.dumps(api.Report.model_json_schema(), indent=1))
