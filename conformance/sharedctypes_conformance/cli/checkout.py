"""Commands for a checkout, in which the suite is worked on, tried and made known."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from .. import api
from .. import lint as linting
from ..contract import PLACES, Grade
from ..gallery import GalleryError, read_gallery
from ..interpreters import all_interpreters
from ..lint import LintError
from ..new_clause import NewClauseError, begin_clause
from .common import INTERRUPTED, fail, make_console


@click.command()
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
    from ..checks.kit.check import all_checks

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
        fail(str(problem))
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


@click.command()
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
        fail(str(problem))
    for file in files:
        click.echo(os.path.relpath(file))
    click.echo("Fill in what is marked TODO; `sharedctypes-conformance lint` lists it.")


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--profile",
    "profiles",
    type=click.Choice(tuple(api.PROFILES)),
    multiple=True,
    default=("quick", "default"),
    show_default=True,
    help="Profile in which liars are judged; can be repeated, for what the one before misses.",
)
@click.option(
    "--verdicts",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Least number of verdicts on each correct backend; at least one of each clause.",
)
@click.option("-n", "workers", type=click.IntRange(min=1), metavar="N", help="Number of processes.")
@click.option(
    "--report-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default="selftest-report",
    show_default=True,
    help="Folder in which to write selftest.json and selftest.md.",
)
def selftest(
    names: tuple[str, ...],
    profiles: tuple[str, ...],
    verdicts: int,
    workers: int | None,
    report_dir: Path,
) -> None:
    """Judge the suite in a checkout: it must catch the liars, and accuse no correct backend.

    NAMEs, such as `raw.not_zeroed` or `honest.slow`, restrict it to these backends.

    Exit status: 0 if so, 1 if not, 2 if this is no checkout or a name is unknown.
    """
    from ..selftest.command import SelftestError, WorkerError, judge_suite

    try:
        passes = judge_suite(names, profiles, verdicts, workers, report_dir, make_console())
    except (GalleryError, SelftestError, WorkerError) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(not passes)


@click.command()
@click.argument("pythons", nargs=-1, metavar="[PYTHON]...")
@click.option(
    "--profile", type=click.Choice(tuple(api.PROFILES)), default="default", show_default=True
)
@click.option("--show", is_flag=True, help="Judge nothing; make the page and the table again.")
def record(pythons: tuple[str, ...], profile: str, show: bool) -> None:
    """Judge the shipped backends on PYTHONs, by default all that are here, and publish that.

    Each interpreter gets an environment in .bootstrap/record, with multiprocess and billiard. Its
    report goes into reports/record, beside a page of all of them; the README gets their table.

    Exit status: 0, or 2 if an interpreter cannot be judged or this is no checkout.
    """
    from ..record import command

    try:
        if not show:
            command.record(pythons or all_interpreters(), profile)
        command.show()
    except (command.NoEnvironment, command.RecordError, api.ReportError) as problem:
        fail(str(problem))
    except OSError as problem:
        fail(f"cannot write the record: {problem}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
