"""The command `record`: judge, and write what was found."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ..contract import PLACES
from ..verdicts.model import Report
from ..verdicts.reading import read_report
from ..verdicts.writing import write_whole
from .anonymous import anonymous
from .environments import Environment, NoEnvironment, make_environment
from .page import SUFFIX, read_record, with_table, write_page

__all__ = ["NoEnvironment", "RecordError", "record", "show"]

FOLDER = PLACES.root / "reports" / "record"
ENVIRONMENTS = PLACES.root / ".bootstrap" / "record"


class RecordError(Exception):
    """An interpreter could not be judged, or this is no checkout; the text says which."""


def record(interpreters: Iterable[str], profile: str) -> None:
    """Judge what ships on some interpreters, and write their reports.

    What the runs print is shown. Raises NoEnvironment and RecordError.
    """
    _expect_checkout()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for interpreter in interpreters:
        environment = make_environment(interpreter, ENVIRONMENTS)
        for reason in environment.lacking:
            print(f"{environment.name} lacks {reason}", flush=True)
        report = anonymous(_judged(environment, profile), environment)
        # Without the time at which it was packed, equal reports are equal files.
        packed = gzip.compress(report.text.encode(), mtime=0)
        write_whole(FOLDER / f"{environment.name}{SUFFIX}", packed)


def show() -> None:
    """Write the page of the record, and its table into the README; raises ReportError, OSError."""
    _expect_checkout()
    reports = read_record(FOLDER)
    print(f"wrote {write_page(reports, FOLDER)}")
    readme = PLACES.root / "README.md"
    write_whole(readme, with_table(readme.read_text("utf-8"), reports))


def _expect_checkout() -> None:
    if not PLACES.is_checkout:
        raise RecordError("the record is in a checkout only: install the suite from one with -e")


def _judged(environment: Environment, profile: str) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        backends = [word for name in environment.backends for word in ("--backend", name)]
        command = [sys.executable, "-m", "sharedctypes_conformance", "run", *backends]
        command += ["--python", str(environment.python), "--profile", profile]
        # This interpreter and this package.
        status = subprocess.run([*command, "--report-dir", folder], check=False).returncode  # noqa: S603
        if status not in (0, 1, 3):
            raise RecordError(f"{environment.name} could not be judged: exit status {status}")
        return read_report(Path(folder) / "report.json")
