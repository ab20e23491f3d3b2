"""The command line: run the suite, list and explain clauses, list known backends."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import NoReturn

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from . import __version__, api
from . import lint as linting
from .backends import known_backends
from .contract import PLACES, Grade
from .gallery import GalleryError, read_gallery
from .interrupts import Interrupts
from .lint import LintError
from .new_clause import NewClauseError, begin_clause
from .reports.terminal import Watch, show

INTERRUPTED = 130

# Errors of the user, each a sentence to show.
_USAGE = (api.BadSelection, api.ContractError, api.FolderError, api.LedgerError, api.ReportError)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sharedctypes-conformance")
def main() -> None:
    """Judge backends of the multiprocessing.sharedctypes API against a written contract."""


@main.command()
@click.option(
    "--backend",
    "backends",
    multiple=True,
    metavar="MODULE",
    help="Backend to judge; can be repeated.",
)
@click.option(
    "--start-method",
    "methods",
    multiple=True,
    metavar="M",
    help="fork, spawn or forkserver, can be repeated; default: all that are available.",
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="EXE",
    help="Interpreter to judge, can be repeated; default: this one. It needs no package but the "
    "backend's.",
)
@click.option(
    "--area", "areas", multiple=True, metavar="A", help="Judge only this area; can be repeated."
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="ID",
    help="Judge only this clause; can be repeated.",
)
@click.option(
    "--profile",
    type=click.Choice(tuple(api.PROFILES)),
    default="default",
    show_default=True,
    help="How many examples are drawn.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the examples.")
@click.option(
    "-n",
    "workers",
    type=click.IntRange(min=0),
    metavar="N",
    help="Number of processes; default: one per core, at most 4.",
)
@click.option(
    "--ledger",
    "ledgers",
    multiple=True,
    metavar="FILE",
    help="File of known deviations, in addition to those that come with the suite or with a "
    "backend; can be repeated.",
)
@click.option(
    "--control",
    is_flag=True,
    help="Judge the standard library as well, and compare each failure with it.",
)
@click.option(
    "--report-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default="conformance-report",
    show_default=True,
    help="Folder in which to write report.json; until the run ends, report.jsonl.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the run that was interrupted or killed while it wrote into that folder.",
)
def run(
    backends: tuple[str, ...],
    methods: tuple[str, ...],
    pythons: tuple[str, ...],
    areas: tuple[str, ...],
    clauses: tuple[str, ...],
    profile: str,
    seed: int,
    workers: int | None,
    ledgers: tuple[str, ...],
    control: bool,
    report_dir: Path,
    resume: bool,
) -> None:
    """Judge backends and write a report.

    Without --backend, the reference implementation and the standard library are judged.

    Exit status: 0 if every verdict is as expected, 1 if a clause does not hold or a known deviation
    has been fixed, 2 for bad usage or a bug in the suite, 3 if nothing else is wrong but a MUST
    clause could not be judged, 130 if the run was interrupted.
    """
    interrupts = Interrupts()
    interrupts.install()
    console = _console()
    try:
        with api.ReportFolder(report_dir) as folder:
            try:
                with Watch(console) as watch:

                    def on_result(result: api.Result) -> None:
                        folder.add(result)
                        watch.result(result)
                        interrupts.check()

                    report = api.run(
                        backends,
                        start_methods=methods,
                        pythons=pythons,
                        areas=areas,
                        clauses=clauses,
                        profile=profile,
                        seed=seed,
                        ledgers=ledgers,
                        control=control,
                        workers=workers,
                        earlier=folder.earlier() if resume else None,
                        on_begin=folder.begin,
                        on_total=watch.total,
                        on_result=on_result,
                    )
                status = report.exit_status
            except api.Interrupted as interrupted:
                report, status = interrupted.report, INTERRUPTED
                interrupts.ignore()
            # First, because whoever reads the output may be gone, or its disk be full.
            try:
                path = folder.end(report)
            except OSError as problem:
                show(report, console)
                _fail(f"cannot write the report: {problem}")
    except _USAGE as problem:
        _fail(str(problem))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    with _output():
        show(report, console)
        for text in report.problems:
            click.echo(text, err=True)
        console.print(f"Report: {path}", soft_wrap=True, highlight=False)
    if report.complete and not report.results:
        _fail("nothing was judged: none of the clauses asked for applies here")
    sys.exit(status)


@contextmanager
def _output() -> Iterator[None]:
    """Let a block print; that nobody reads it, or that it cannot be written, changes no status."""
    try:
        yield
        sys.stdout.flush()
    except OSError as problem:
        # Otherwise Python would try to write the rest at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if problem.errno != errno.EPIPE:
            click.echo(f"sharedctypes-conformance: cannot print: {problem.strerror}", err=True)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Raise what was raised; by default the process would end with exit status 1."""
        raise


def _console() -> Console:
    """Return the console; output that is redirected is not cut to the width of a terminal."""
    console = _Console()
    return console if console.is_terminal else _Console(width=120)


def _fail(sentence: str) -> NoReturn:
    click.echo(f"sharedctypes-conformance: {sentence}", err=True)
    sys.exit(2)


@main.command()
@click.option("--area", "areas", multiple=True, metavar="A", help="List only this area.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def clauses(areas: tuple[str, ...], form: str) -> None:
    """List the clauses of the contract."""
    try:
        chosen = api.clauses(areas)
    except api.ContractError as problem:
        _fail(str(problem))
    if form == "json":
        data = [clause.model_dump(mode="json") for clause in chosen]
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    console = _console()
    for name, group in groupby(chosen, key=lambda clause: clause.area):
        title = f"{name}: {api.load_registry().area(name).title}"
        table = Table(title=title, title_justify="left", title_style="bold")
        table.add_column("clause", no_wrap=True)
        table.add_column("grade")
        table.add_column("what must hold")
        for clause in group:
            table.add_row(clause.id, clause.grade.value, clause.says)
        console.print(table)


@main.command()
@click.option(
    "--documentation",
    type=click.Path(exists=True, path_type=Path),
    help="File or folder with a copy of Python's documentation, to look up quotations in.",
)
@click.option(
    "--liars",
    "liars_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PLACES.liars if PLACES.is_checkout else None,
    help="Folder of the liars; default: that of this checkout.",
)
@click.option(
    "--record-ids",
    is_flag=True,
    help="If there are no problems, record all ids as released: they are permanent from then on.",
)
def lint(documentation: Path | None, liars_folder: Path | None, record_ids: bool) -> None:
    """Report clauses that lack a check or a liar, and errors in the contract itself.

    Exit status: 0 if there are no problems, 1 if there are some, 2 if a file cannot be read.
    """
    from .checks.kit.check import all_checks

    try:
        registry = api.load_registry()
        liars = read_gallery(liars_folder) if liars_folder else None
        caught = None if liars is None else {liar.name: liar.caught_by for liar in liars}
        found = linting.problems(registry, all_checks(), linting.released_ids(), caught)
        found += linting.unwritten()
        if documentation:
            found += [
                f"{clause.id} quotes {clause.quote!r}, which is not in {documentation}"
                for clause in linting.missing_quotes(registry, documentation)
            ]
    except (api.ContractError, GalleryError, LintError) as problem:
        _fail(str(problem))
    for sentence in found:
        click.echo(sentence)
    looked = [f"{len(registry.clauses)} clauses"]
    if caught is not None:
        looked.append(f"{len(caught)} liars")
    if documentation:
        quotes = sum(bool(clause.quote) for clause in registry.clauses.values())
        looked.append(f"{quotes} quotations")
    click.echo(f"{', '.join(looked)}: {len(found) or 'no'} problems.")
    if record_ids and not found:
        linting.record_ids(registry)
    sys.exit(bool(found))


@main.command()
@click.argument("clause_id", metavar="AREA.ID")
@click.option(
    "--grade",
    type=click.Choice([grade.value for grade in Grade]),
    default=Grade.SHOULD.value,
    show_default=True,
)
def new_clause(clause_id: str, grade: str) -> None:
    """Begin a clause in a checkout: write its stanza, its check and its liar, to be filled in.

    Exit status: 0, or 2 if this is no checkout or the id cannot be used.
    """
    try:
        files = begin_clause(clause_id, Grade(grade), api.load_registry())
    except (api.ContractError, NewClauseError) as problem:
        _fail(str(problem))
    for file in files:
        click.echo(os.path.relpath(file))
    click.echo("Fill in what is marked TODO; `sharedctypes-conformance lint` lists it.")


@main.command()
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
    from .reports.explanation import explain_clause

    try:
        clause = api.load_registry().clause(clause_id)
        report = api.read_report(report_file) if report_file else None
    except (api.ContractError, api.ReportError) as problem:
        _fail(str(problem))
    click.echo("\n\n".join(explain_clause(clause, report)))


@main.command()
def doctor() -> None:
    """Show what this machine allows to be judged.

    Exit status: 0 if everything, 1 if some clauses cannot be judged here, 2 if none can.
    """
    # It imports what checks run.
    from .doctor import conditions

    found = list(conditions())
    table = Table(box=SIMPLE_HEAD)
    for title in ("what", "here", "so"):
        table.add_column(title)
    for one in found:
        table.add_row(one.what, one.found, one.rules_out)
    _console().print(table)
    if any(one.stops for one in found):
        _fail("nothing can be judged on this machine")
    sys.exit(any(one.rules_out for one in found))


@main.command()
def backends() -> None:
    """List the backends that are known by name; others are given as a module."""
    table = Table()
    for title in ("--backend", "description", "installed"):
        table.add_column(title)
    for backend in known_backends():
        installed = find_spec(backend.module.partition(".")[0]) is not None
        table.add_row(backend.module, backend.what, "yes" if installed else "no")
    _console().print(table)
    click.echo(f"Start methods: {', '.join(api.START_METHODS)}.")
