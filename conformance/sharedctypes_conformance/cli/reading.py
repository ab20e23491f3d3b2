"""Commands that judge nothing: clauses, their explanations, backends, and the machine."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table

from .. import api
from ..backends import known_backends
from .common import fail, make_console


@click.command()
@click.option("--area", "areas", multiple=True, metavar="A", help="List only this area.")
@click.option("--format", "form", type=click.Choice(("table", "json", "markdown")), default="table")
def clauses(areas: tuple[str, ...], form: str) -> None:
    """List the clauses of the contract."""
    try:
        chosen = api.clauses(areas)
    except api.ContractError as problem:
        fail(str(problem))
    if form == "json":
        data = [clause.model_dump(mode="json") for clause in chosen]
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    if form == "markdown":
        # It needs a template engine.
        from ..reports.contract import contract_as_markdown

        names = dict.fromkeys(clause.area for clause in chosen)
        click.echo(contract_as_markdown([*map(api.load_registry().area, names)]), nl=False)
        return
    console = make_console()
    for name, group in groupby(chosen, key=lambda clause: clause.area):
        title = f"{name}: {api.load_registry().area(name).title}"
        table = Table(title=title, title_justify="left", title_style="bold")
        table.add_column("clause", no_wrap=True)
        table.add_column("grade")
        table.add_column("what must hold")
        for clause in group:
            table.add_row(clause.id, clause.grade.value, clause.says)
        console.print(table)


@click.command()
@click.argument("clause_id", metavar="CLAUSE")
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path),
    help="Show the results in this report too.",
)
def explain(clause_id: str, report_file: Path | None) -> None:
    """Explain a clause: what must hold, the source of that, and the results in a report."""
    # It imports all checks.
    from ..reports.explanation import explain_clause

    try:
        clause = api.load_registry().clause(clause_id)
        report = api.read_report(report_file) if report_file else None
    except (api.ContractError, api.ReportError) as problem:
        fail(str(problem))
    click.echo("\n\n".join(explain_clause(clause, report)))


@click.command()
def doctor() -> None:
    """Show what this machine allows to be judged.

    Exit status: 0 if everything, 1 if some clauses cannot be judged here, 2 if none can.
    """
    # It imports what checks run.
    from ..doctor import conditions

    found = list(conditions())
    table = Table(box=SIMPLE_HEAD)
    for title in ("what", "here", "so"):
        table.add_column(title)
    for one in found:
        table.add_row(one.what, one.found, one.rules_out)
    make_console().print(table)
    if any(one.stops for one in found):
        fail("nothing can be judged on this machine")
    sys.exit(any(one.rules_out for one in found))


@click.command()
def backends() -> None:
    """List the backends that are known by name; others are given as a module."""
    table = Table()
    for title in ("--backend", "description", "installed"):
        table.add_column(title)
    for backend in known_backends():
        installed = find_spec(backend.needs) is not None
        table.add_row(backend.called, backend.what, "yes" if installed else "no")
    make_console().print(table)
    click.echo(f"Start methods: {', '.join(api.START_METHODS)}.")
