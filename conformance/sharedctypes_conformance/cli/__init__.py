"""The command line, which is `sharedctypes-conformance`; each module has some of its commands."""

from __future__ import annotations

import click

from .. import __version__
from .bench import bench
from .checkout import lint, new_clause, record, selftest
from .common import INTERRUPTED
from .deviations import deviations
from .reading import backends, clauses, doctor, explain
from .report import report
from .reproduce import reproduce
from .run import run

__all__ = ["INTERRUPTED", "main", "run"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sharedctypes-conformance")
def main() -> None:
    """Judge backends of the multiprocessing.sharedctypes API against a written contract."""


for _command in (
    run,
    clauses,
    explain,
    report,
    deviations,
    reproduce,
    bench,
    backends,
    doctor,
    lint,
    new_clause,
    selftest,
    record,
):
    main.add_command(_command)
