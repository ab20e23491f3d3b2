"""Standard output of which nobody may be left to read it, or which may be on a full disk.

A command goes on without it: `run` has judged for minutes, and has a report to write. Afterwards,
what could not be written is an error of the command, and a pipe that its reader closed is none.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class _Stdout(io.TextIOWrapper):
    """A text stream that never raises OSError; `problem` is the first that it has met, or None."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(
            stream.buffer,
            stream.encoding,
            stream.errors,
            line_buffering=bool(stream.line_buffering),
        )
        self.problem: OSError | None = None

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError as problem:
            self._give_up(problem)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as problem:
            self._give_up(problem)

    def _give_up(self, problem: OSError) -> None:
        self.problem = self.problem or problem
        # The buffer still has what could not be written: it would be tried again with each line.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, self.fileno())
        os.close(null)


@contextmanager
def lasting_stdout() -> Iterator[None]:
    """Let the block of a command print; sys.exit(2) if it ends well, but could not be printed."""
    if sys.stdout is None:
        # It was closed; the next file that is opened would take its number, and children print to
        # that.
        os.open(os.devnull, os.O_WRONLY)
        yield
        return
    stream = sys.stdout = _Stdout(sys.stdout)
    try:
        yield
    except SystemExit as end:
        stream.flush()
        if stream.problem is None or stream.problem.errno == errno.EPIPE:
            raise
        print(f"sharedctypes-conformance: cannot print: {stream.problem.strerror}", file=sys.stderr)
        sys.exit(end.code or 2)
