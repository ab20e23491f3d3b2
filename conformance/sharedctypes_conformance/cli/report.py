"""Commands about reports."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from .. import api
from ..reports.comparison import show_comparison
from ..reports.for_ci import as_junit, github_annotations, github_summary
from .common import fail, make_console, read_report, write_file

_FILE = click.Path(path_type=Path)


@click.group()
def report() -> None:
    """Read reports."""


@report.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
@click.option("--html", type=_FILE, help="Also write the difference as a page of HTML.")
def diff(old: Path, new: Path, form: str, html: Path | None) -> None:
    """Show what differs between two reports, such as those of two versions of a backend.

    Cells are compared by clause, backend, minor version of Python and start method.

    Exit status: 0 if nothing is worse, 1 if a clause does not hold in NEW that held in OLD, was not
    judged there or failed in another way, 2 for files that are no reports, 3 if nothing else is
    wrong but a MUST clause is judged no longer.
    """
    comparison = api.compare(read_report(old), read_report(new))
    if html is not None:
        from ..reports.page.difference import page_of_difference

        # What is printed is for a program to read if it is JSON, and is all that is printed.
        write_file(html, page_of_difference(comparison), is_said=form != "json")
    if form == "json":
        click.echo(comparison.model_dump_json(indent=1))
    else:
        show_comparison(comparison, make_console())
    sys.exit(comparison.exit_status)


@report.command()
def schema() -> None:
    """Print the JSON Schema of reports."""
    click.echo(json.dumps(api.Report.model_json_schema(), indent=1))


@report.command()
@click.argument("file", type=_FILE)
def junit(file: Path) -> None:
    """Print a report as JUnit XML."""
    click.echo(as_junit(read_report(file)))


@report.command()
@click.argument("file", type=_FILE)
def github(file: Path) -> None:
    """Annotate a run of GitHub Actions with what is unexpected, and write its summary.

    Annotations are printed; the summary goes to the file that GITHUB_STEP_SUMMARY names, or is
    printed too if it names none.
    """
    read = read_report(file)
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
    try:
        if summary_file:
            with open(summary_file, "a", encoding="utf-8") as written:
                written.write(github_summary(read))
    except OSError as problem:
        fail(f"cannot write the summary: {problem}")
    for line in github_annotations(read):
        click.echo(line)
    if not summary_file:
        click.echo(github_summary(read))


@report.command()
@click.argument("files", metavar="FILE...", type=_FILE, nargs=-1, required=True)
@click.option("--output", type=_FILE, default="page.html", show_default=True)
@click.option(
    "--contract",
    default="",
    metavar="ADDRESS",
    help="Where docs/contract.md is, as an address or a path: clauses link to their places in it.",
)
def page(files: tuple[Path, ...], output: Path, contract: str) -> None:
    """Write reports as one page of HTML, which needs neither a server nor a network.

    The results of several reports are shown side by side.
    """
    # It needs a template engine, which no other command does.
    from ..reports.page import page_of

    write_file(output, page_of([read_report(file) for file in files], contract))


@report.command()
@click.argument("file", type=_FILE)
@click.option(
    "--output", type=_FILE, default="badges", show_default=True, help="The folder for the badges."
)
def badge(file: Path, output: Path) -> None:
    """Write a badge for each backend: how many MUST clauses it keeps, and what was not judged.

    BACKEND.svg is a picture for a README, BACKEND.json what shields.io asks an endpoint for.
    """
    from ..reports.badge import badges_of

    badges = badges_of(read_report(file))
    if not badges:
        fail(f"{str(file)!r} has no backend")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        fail(f"cannot write {str(output)!r}: {problem.strerror}")
    for one in badges:
        write_file(output / f"{one.name}.svg", one.svg)
        write_file(output / f"{one.name}.json", one.endpoint)


@report.command()
@click.argument("files", metavar="FILE...", type=_FILE, nargs=-1, required=True)
@click.option("--output", type=_FILE, default="report.json", show_default=True)
def merge(files: tuple[Path, ...], output: Path) -> None:
    """Write one report of several: of parts of a run, of other interpreters or backends.

    A cell that several have is taken from the last of them.
    """
    try:
        merged = api.merge(map(read_report, files))
    except api.ReportError as problem:
        fail(str(problem))
    write_file(output, merged.text)
