"""The folder of a run's report: one run writes into it, result by result.

A run may be killed at any moment, and what it has judged must not be lost. So each result is
appended to `report.jsonl` when it is known: a report without results, and below it one result per
line. When the run ends, `report.json` takes its place. The first file is locked, so that two runs
do not write into one folder; the system removes the lock from a run that was killed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from .model import JOURNAL, Report, Result
from .reading import read_report


class FolderError(Exception):
    """No report can be written into a folder; the text is the sentence to show."""


class ReportFolder:
    """A folder for the report of one run, created if necessary; raises FolderError.

    On leaving the block, what this has created is removed unless a report has been written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = [path for path in (folder, *folder.parents) if not path.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
            if (folder / "report.json").is_dir():
                raise IsADirectoryError(errno.EISDIR, "report.json in it is a folder")
            # Not emptied before it is locked: it may be another run's.
            self._journal: IO[str] = (folder / JOURNAL).open("a", encoding="utf-8")
        except OSError as problem:
            raise FolderError(
                f"cannot write a report into {str(folder)!r} ({problem.strerror}); "
                f"give another folder with --report-dir"
            ) from None
        try:
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._journal.close()
            raise FolderError(
                f"another run is writing its report into {str(folder)!r}; "
                f"give another folder with --report-dir"
            ) from None
        self._has_results = bool(os.path.getsize(folder / JOURNAL))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if not self._has_results:
            (self._folder / JOURNAL).unlink(missing_ok=True)
            for path in self._new:
                if path.exists() and not any(path.iterdir()):
                    path.rmdir()
        with suppress(OSError):  # what could not be written then cannot be written now
            self._journal.close()

    def earlier(self) -> Report | None:
        """Return the report of the last run into this folder, None if there was none.

        Raises ReportError if it is not readable.
        """
        if self._has_results:
            return read_report(self._folder / JOURNAL, as_it_is=True)
        path = self._folder / "report.json"
        return read_report(path, as_it_is=True) if path.exists() else None

    def begin(self, report: Report) -> None:
        """Write what is known when a run begins: a report, with earlier results."""
        self._journal.truncate(0)
        self._has_results = True
        self._append(report.model_copy(update={"results": (), "matrices": ()}))
        for result in report.results:
            self._append(result)

    def add(self, result: Result) -> None:
        """Write a result."""
        self._append(result)

    def _append(self, record: Report | Result) -> None:
        # A run goes on without its record if the disk is full, and `end` says so.
        with suppress(OSError):
            self._journal.write(record.model_dump_json() + "\n")
            self._journal.flush()

    def end(self, report: Report) -> Path:
        """Write the whole report, and return its path; raises OSError."""
        path = report.write(self._folder)
        self._has_results = False
        self._new = []
        return path
