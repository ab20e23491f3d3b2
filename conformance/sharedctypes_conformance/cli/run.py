"""The command `run`: judge backends, print what was found, write the report."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from .. import api
from ..interrupts import Interrupts
from ..reports.terminal import Watch, show
from .common import INTERRUPTED, fail, make_console

# Errors of the user, each a sentence to show.
_USAGE = (api.BadSelection, api.ContractError, api.FolderError, api.LedgerError, api.ReportError)


class _Shard(click.ParamType[tuple[int, int]]):
    name = "shard"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch("([0-9]{1,9})/([0-9]{1,9})", value)
        if not found:
            self.fail(f"{value!r} is no part of the cells; the first of eight is 1/8", param, ctx)
        return int(found[1]), int(found[2])


@click.command()
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
    "backend's. `all`: one of each version that is installed.",
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
    help="How many examples are drawn; default: default.",
)
@click.option("--seed", type=int, help="Seed of the examples; default: 0.")
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
    "--shard",
    type=_Shard(),
    default="1/1",
    metavar="K/N",
    help="Judge only the K-th of N parts of all that is asked for, for instance on N machines; "
    "`report merge` joins their reports.",
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
@click.option(
    "--again",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Judge only what was not kept or not judged in this report, with its profile and seed, "
    "and begin with the examples that failed.",
)
@click.option(
    "-x",
    "--exitfirst",
    "exit_first",
    is_flag=True,
    help="Stop at the first verdict that is not as expected.",
)
def run(
    backends: tuple[str, ...],
    methods: tuple[str, ...],
    pythons: tuple[str, ...],
    areas: tuple[str, ...],
    clauses: tuple[str, ...],
    profile: str | None,
    seed: int | None,
    workers: int | None,
    ledgers: tuple[str, ...],
    control: bool,
    shard: tuple[int, int],
    report_dir: Path,
    resume: bool,
    again: Path | None,
    exit_first: bool,
) -> None:
    """Judge backends and write a report.

    Without --backend, the reference implementation and the standard library are judged.

    Exit status: 0 if every verdict is as expected, 1 if a clause does not hold or a known deviation
    has been fixed, 2 for bad usage, a bug in the suite or output on a full disk, 3 if nothing else
    is wrong but a MUST clause could not be judged, 130 if the run was interrupted.
    """
    interrupts = Interrupts()
    interrupts.install()
    console = make_console()
    try:
        before = api.read_report(again) if again else None
        if before is not None:
            profile = before.profile if profile is None else profile
            seed = before.seed if seed is None else seed
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
                        profile=profile or "default",
                        seed=seed or 0,
                        ledgers=ledgers,
                        control=control,
                        shard=shard,
                        workers=workers,
                        earlier=folder.earlier() if resume else None,
                        again=before,
                        exit_first=exit_first,
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
                fail(f"cannot write the report: {problem}")
    except _USAGE as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    show(report, console)
    for text in report.problems:
        click.echo(text, err=True)
    if exit_first and not report.complete and not report.problems:
        console.print("Stopped at the first finding; with --resume the rest is judged.")
    console.print(f"Report: {path}", soft_wrap=True, highlight=False)
    if any(result.evidence for result in report.results):
        command = f"sharedctypes-conformance explain CLAUSE --report {path}"
        console.print(f"Evidence: {command}", soft_wrap=True, highlight=False)
    if report.complete and not report.results:
        fail("nothing was judged: none of the clauses asked for applies here")
    sys.exit(status)
