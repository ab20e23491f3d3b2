"""The command line: run the suite, list and explain its clauses, list the backends it knows."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import pytest
from rich.console import Console
from rich.table import Table

from . import __version__
from .backends import known_backends
from .contract import Clause, ContractError, load_registry
from .judging.recorder import Recorder
from .lint import LintError, missing_quotes, problems, recorded_ids
from .reports.terminal import Watch, show
from .reports.words import explain_result, means_of
from .selection import PROFILES, START_METHODS, select
from .stage.keeper import keeper
from .stage.probing import BadSelection
from .verdicts.ledger import LedgerError
from .verdicts.model import Report, ReportError, Result, Verdict, read_report

SUITE = Path(__file__).parent / "checks"
INTERRUPTED = 130

# Workers beyond this many wait for each other's actors more than they get done.
MOST_WORKERS = 4


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sharedctypes-conformance")
def main() -> None:
    """Judge backends of the multiprocessing.sharedctypes API against a written contract."""


@main.command()
@click.option("--backend", "backends", multiple=True, metavar="MODULE", help="Backend to judge.")
@click.option(
    "--start-method",
    "methods",
    multiple=True,
    metavar="M",
    help="fork, spawn or forkserver; all that there are, if not given.",
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="EXE",
    help="Interpreter to judge; this one, if not given. Nothing needs to be installed in it.",
)
@click.option("--area", "areas", multiple=True, metavar="A", help="Judge an area only.")
@click.option("--clause", "clauses", multiple=True, metavar="ID", help="Judge a clause only.")
@click.option("--profile", type=click.Choice(tuple(PROFILES)), default="default", show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the examples.")
@click.option(
    "-n", "workers", type=click.IntRange(min=0), metavar="N", help="Processes; one per core."
)
@click.option(
    "--ledger",
    "ledgers",
    multiple=True,
    metavar="FILE",
    help="Known deviations, besides those that ship with the suite.",
)
@click.option(
    "--control",
    is_flag=True,
    help="Judge the standard library in the same cells, and compare each finding with it.",
)
@click.option(
    "--report-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default="conformance-report",
    show_default=True,
    help="Folder for report.json.",
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
) -> None:
    """Judge backends and write a report.

    Without --backend, the reference implementation and the standard library are judged.

    Exit status: 0 if everything was judged and is as expected, 1 if a clause is not kept or a known
    deviation has gone, 2 for bad usage or an error of the suite, 130 if it was interrupted.
    """
    # Ended from outside, the run is to leave as little behind as after Ctrl-C.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        new = _make_writable(report_dir)
        try:
            selection = select(
                backends,
                start_methods=methods,
                pythons=pythons,
                areas=areas,
                clauses=clauses,
                profile=profile,
                seed=seed,
                ledgers=ledgers,
                control=control,
            )
        except BaseException:
            _unmake(new)
            raise
    except (BadSelection, ContractError, LedgerError) as problem:
        _fail(str(problem))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    console = _console()
    with Watch(console) as watch, tempfile.TemporaryDirectory(prefix="sharedctypes-") as scratch:
        keeper.watch(Path(scratch))
        recorder = Recorder(selection, watch.total, watch.result)
        try:
            arguments = _pytest_arguments(workers, scratch)
            status = pytest.main(arguments, plugins=[recorder])
        except KeyboardInterrupt:  # before pytest was ready to take it
            status = pytest.ExitCode.INTERRUPTED
    report = recorder.report(complete=status in (0, 1))
    show(report, console)
    for text in recorder.problems:
        click.echo(text, err=True)
    try:
        console.print(f"Report: {report.write(report_dir)}", soft_wrap=True, highlight=False)
    except OSError as problem:
        _fail(f"cannot write the report: {problem}")
    if status == pytest.ExitCode.INTERRUPTED:
        sys.exit(INTERRUPTED)
    if recorder.problems or status not in (0, 1):
        sys.exit(2)
    if not report.results:
        _fail("nothing was judged: no clause that was asked for applies here")
    sys.exit(report.exit_status)


def _console() -> Console:
    """Return the console; what is read later or elsewhere is not to be cut to a narrow one."""
    console = Console()
    return console if console.is_terminal else Console(width=120)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _make_writable(folder: Path) -> list[Path]:
    """Make a folder and see that files can be made in it; return the folders that are new."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return new
    except OSError as problem:
        _unmake([path for path in new if path.exists()])
        raise BadSelection(
            f"cannot write a report into {str(folder)!r} ({problem.strerror}); "
            f"give another folder with --report-dir"
        ) from None


def _unmake(folders: list[Path]) -> None:
    for folder in folders:
        folder.rmdir()


def _pytest_arguments(workers: int | None, scratch: str) -> list[str]:
    # Other plugins of the environment are for its own tests; some reorder or repeat them.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # What hypothesis keeps would otherwise stay in the folder that the command is called in.
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(scratch) / "hypothesis")
    arguments = ["--pyargs", "sharedctypes_conformance.checks", "-s"]
    arguments += ["-c", str(SUITE / "pytest.ini"), "--rootdir", str(SUITE)]
    # Workers get folders in pytest's temporary one, which pytest would leave for later inspection.
    arguments += ["--basetemp", str(Path(scratch) / "pytest")]
    for plugin in ("no:terminal", "no:cacheprovider", "xdist.plugin"):
        arguments += ["-p", plugin]
    arguments += ["-p", "sharedctypes_conformance.plugin"]
    if workers is None:
        workers = min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    if workers > 1:
        arguments += ["-n", str(workers)]
    return arguments


def _fail(sentence: str) -> NoReturn:
    click.echo(f"sharedctypes-conformance: {sentence}", err=True)
    sys.exit(2)


@main.command()
@click.option("--area", "areas", multiple=True, metavar="A", help="List an area only.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def clauses(areas: tuple[str, ...], form: str) -> None:
    """List the clauses of the contract."""
    registry = load_registry()
    try:
        chosen = [registry.area(name) for name in areas] or list(registry.areas.values())
    except ContractError as problem:
        _fail(str(problem))
    if form == "json":
        data = [clause.model_dump(mode="json") for area in chosen for clause in area.clauses]
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    console = _console()
    for area in chosen:
        table = Table(title=f"{area.name}: {area.title}", title_justify="left", title_style="bold")
        table.add_column("clause", no_wrap=True)
        table.add_column("grade")
        table.add_column("what must hold")
        for clause in area.clauses:
            table.add_row(clause.id, clause.grade.value, clause.says)
        console.print(table)


@main.command()
@click.option(
    "--documentation",
    type=click.Path(exists=True, path_type=Path),
    help="A copy of Python's documentation, in which to find what is quoted: a file or folder.",
)
def lint(documentation: Path | None) -> None:
    """Look for what is wrong with the contract itself.

    Exit status: 0 if nothing is, 1 if something is, 2 if the documentation cannot be read.
    """
    from .checks.kit.check import all_checks

    try:
        registry = load_registry()
        found = problems(registry, all_checks(), recorded_ids())
        if documentation:
            found += [
                f"{clause.id} quotes {clause.quote!r}, which is not in {documentation}"
                for clause in missing_quotes(registry, documentation)
            ]
    except (ContractError, LintError) as problem:
        _fail(str(problem))
    for sentence in found:
        click.echo(sentence)
    quotes = sum(bool(clause.quote) for clause in registry.clauses.values())
    looked = f", {quotes} quotations" if documentation else ""
    click.echo(f"{len(registry.clauses)} clauses{looked}: {len(found) or 'no'} problems.")
    sys.exit(bool(found))


@main.command()
@click.argument("clause_id", metavar="CLAUSE")
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path),
    help="Show the evidence of a report too.",
)
def explain(clause_id: str, report_file: Path | None) -> None:
    """Explain a clause: what must hold, where that comes from, and what a report found."""
    try:
        clause = load_registry().clause(clause_id)
        report = read_report(report_file) if report_file else None
    except (ContractError, ReportError) as problem:
        _fail(str(problem))
    click.echo(_explained(clause))
    for result in _findings(report, clause):
        click.echo("\n" + explain_result(result))
    for result in _kept_by_means(report, clause):
        where = f"{result.backend}, {result.start_method}"
        click.echo(f"\n{result.verdict}: {where}; judged by {means_of(result)}")


def _explained(clause: Clause) -> str:
    from .checks.kit.check import all_checks

    check = all_checks()[clause.id]
    lines = [
        f"{clause.id} ({clause.grade})",
        f"  {clause.says}",
        f"  source: {clause.section}" + (f': "{clause.quote}"' if clause.quote else ""),
        f"  check:  {check.body.__module__}.{check.body.__name__}",
    ]
    if clause.since or clause.until:
        lines.append(f"  Python: {clause.since or '...'} to {clause.until or '...'}")
    lines.append(f"  run:    sharedctypes-conformance run --clause {clause.id} --backend MODULE")
    return "\n".join(lines)


def _findings(report: Report | None, clause: Clause) -> list[Result]:
    if report is None:
        return []
    found = [result for result in report.results if result.clause == clause.id]
    return [
        result
        for result in found
        if result.evidence or result.covered or result.verdict is Verdict.OBSERVED
    ]


def _kept_by_means(report: Report | None, clause: Clause) -> list[Result]:
    found = report.results if report else ()
    return [
        result
        for result in found
        if result.clause == clause.id and result.means and result.verdict is Verdict.PASS
    ]


@main.command()
def backends() -> None:
    """List the backends that are known by name; any importable module can be judged."""
    table = Table()
    for title in ("--backend", "what it is", "here"):
        table.add_column(title)
    for backend in known_backends():
        here = find_spec(backend.module.partition(".")[0]) is not None
        table.add_row(backend.module, backend.what, "yes" if here else "not installed")
    _console().print(table)
    click.echo(f"Start methods: {', '.join(START_METHODS)}.")
