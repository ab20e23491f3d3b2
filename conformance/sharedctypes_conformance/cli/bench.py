"""The command `bench`: how fast backends are beside each other."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.progress import Progress

from .. import __version__, api
from ..backends import REFERENCE, STANDARD_LIBRARY
from .common import INTERRUPTED, fail, make_console


@click.command()
@click.option(
    "--backend",
    "backends",
    multiple=True,
    default=(STANDARD_LIBRARY, REFERENCE),
    show_default=True,
    metavar="MODULE",
    help="Backend to time; can be repeated, and the first is what the others are compared with.",
)
@click.option(
    "--python",
    default=sys.executable,
    metavar="EXE",
    help="Interpreter to time them in; default: this one. It needs no package but the backends'.",
)
@click.option(
    "--operation",
    "names",
    multiple=True,
    metavar="NAME",
    help="Time only operations whose names begin so; can be repeated.",
)
@click.option("--rounds", type=click.IntRange(min=1), default=40, show_default=True)
@click.option("--processes", type=click.IntRange(min=1), default=3, show_default=True)
@click.option(
    "--report-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default="bench-report",
    show_default=True,
    help="Folder in which to write bench.md with its picture bench.svg, and for each backend a "
    "file of JSON that pyperf reads.",
)
def bench(
    backends: tuple[str, ...],
    python: str,
    names: tuple[str, ...],
    rounds: int,
    processes: int,
    report_dir: Path,
) -> None:
    """Time backends in turns in one process, and say how many times faster they are.

    It also says for each how much slower an access is through a wrapper than to the raw object.
    Ratios are more reliable than times, which depend on what else the machine does.

    Exit status: 0, 2 for bad usage, 130 if it was interrupted.
    """
    # It needs pyperf and a template engine, which most commands do not.
    from ..bench.comparison import rows_of
    from ..bench.measuring import Measured, chosen, measure, probe_all, write
    from ..bench.page import PAGE, PICTURE, Circumstances, page_of, picture_of, show
    from ..selection import subject_of

    console = make_console()
    measured: list[Measured] = []
    try:
        operations = chosen(names)
        probed = probe_all(python, backends)
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("timing", total=len(operations) * processes)
            for operation in operations:
                progress.update(task, description=operation.name)
                measured += measure(
                    probed, operation, rounds, processes, lambda: progress.advance(task)
                )
    except api.BadSelection as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    subjects = [subject_of(one) for one in probed]
    how = Circumstances(
        suite=__version__,
        interpreter=subjects[0].interpreter.title,
        backends=tuple(subject.backend.title for subject in subjects),
        processes=processes,
        rounds=rounds,
    )
    rows = rows_of(measured, [one.module for one in probed])
    files = {PICTURE: picture_of(rows, how), PAGE: page_of(rows, how)}
    try:
        write(report_dir, files, measured)
    except OSError as problem:
        fail(f"cannot write the report: {problem}")
    show(rows, how, console)
    for one in measured:
        if one.problem:
            click.echo(f"{one.operation.name}, {one.backend}: {one.problem}", err=True)
    console.print(f"Report: {report_dir / PAGE}", soft_wrap=True, highlight=False)
