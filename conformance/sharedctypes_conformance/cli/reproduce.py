"""The command that writes a program which shows a finding again."""

from __future__ import annotations

from pathlib import Path

import click

from .. import api
from ..verdicts.writing import write_whole
from .common import fail


@click.command()
@click.argument("clause_id", metavar="CLAUSE")
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path),
    required=True,
    help="The report with the verdict.",
)
@click.option("--backend", metavar="MODULE", help="The backend, if the report has several.")
@click.option(
    "--start-method",
    type=click.Choice(api.START_METHODS),
    help="The start method; by default the first under which the clause does not hold.",
)
@click.option(
    "--python",
    metavar="EXE",
    default="",
    help="The interpreter that runs it; by default that of the report, if it is installed.",
)
@click.option("--run/--no-run", default=True, help="Whether to run it before it is printed.")
@click.option(
    "--output", "path", type=click.Path(path_type=Path), help="Write it to a file instead."
)
def reproduce(
    clause_id: str,
    report_file: Path,
    backend: str | None,
    start_method: str | None,
    python: str,
    run: bool,
    path: Path | None,
) -> None:
    """Print a program that shows again why a clause does not hold, and needs only the backend.

    Whether it does so here is said on stderr. Its exit status is 1 if it does, 0 if not, 2 if that
    could not be decided. That of this command is 2 if no such program can be written, else 0.
    """
    # It needs a template engine.
    from ..reproducers.defects import pages_about
    from ..reproducers.reading import NoReproducer
    from ..reproducers.running import tried
    from ..reproducers.script import script_of, story_of

    try:
        report = api.read_report(report_file)
        api.load_registry().clause(clause_id)
        result = _chosen(report, clause_id, backend, start_method)
        for page in pages_about(clause_id, result.backend):
            _tell(f"a known defect, with a page of its own: {page}")
        story = story_of(report, result)
        if run:
            attempt = tried(story, python)
            script = attempt.script
            _tell(f"{attempt.outcome} (by {attempt.interpreter})")
            if attempt.control is not None:
                _tell(f"with the reference implementation: {attempt.control}")
        else:
            script = script_of(story)
    except (api.BadSelection, api.ContractError, api.ReportError) as problem:
        fail(str(problem))
    except NoReproducer as problem:
        fail(f"no reproducer can be written: {problem}")
    if path is None:
        click.echo(script, nl=False)
        return
    try:
        write_whole(path, script)
    except OSError as problem:
        fail(f"cannot write {str(path)!r}: {problem.strerror}")
    _tell(f"wrote {path}")


def _chosen(
    report: api.Report, clause_id: str, backend: str | None, start_method: str | None
) -> api.Result:
    found = [
        result
        for result in report.results
        if result.clause == clause_id
        and backend in (None, result.backend)
        and start_method in (None, result.start_method)
    ]
    failing = [result for result in found if result.verdict.is_finding]
    failing += [result for result in found if result.verdict is api.Verdict.UNSUPPORTED]
    if not failing:
        raise api.ReportError(
            f"the report has no verdict on {clause_id} that it does not hold"
            if found
            else f"the report has no such verdict on {clause_id}"
        )
    if len(failing) > 1:
        first = failing[0]
        _tell(f"of {len(failing)} verdicts, this is that on {first.backend} ({first.start_method})")
    return failing[0]


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)
