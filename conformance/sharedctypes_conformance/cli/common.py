"""What the commands share: the console, files, and refusing bad usage."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from ..verdicts.model import Report, ReportError
from ..verdicts.reading import read_report as read
from ..verdicts.texts import printable
from ..verdicts.writing import write_whole

INTERRUPTED = 130


def make_console() -> Console:
    """Return the console; output that is redirected is not cut to the width of a terminal.

    Brackets in a message or a path are no markup.
    """
    console = Console(markup=False)
    return console if console.is_terminal else Console(width=120, markup=False)


# A sentence that quotes more than this of a file is none.
LONGEST = 1000


def fail(sentence: str) -> NoReturn:
    """End the command: print a sentence for the user, exit with status 2."""
    if len(sentence) > LONGEST:
        sentence = f"{sentence[: LONGEST // 2]} ... {sentence[-LONGEST // 2 :]}"
    click.echo(f"sharedctypes-conformance: {printable(sentence)}", err=True)
    sys.exit(2)


def read_report(file: Path) -> Report:
    """Read a report, or end the command."""
    try:
        return read(file)
    except ReportError as problem:
        fail(str(problem))


def write_file(path: Path, text: str, is_said: bool = True) -> None:
    """Write a file, all of it or nothing, and say so if wanted; or end the command."""
    try:
        write_whole(path, text)
    except OSError as problem:
        fail(f"cannot write {str(path)!r}: {problem.strerror}")
    if is_said:
        click.echo(f"wrote {path}")
