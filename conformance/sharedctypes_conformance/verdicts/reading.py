"""Reports are read: from a file of this run, of an earlier one, or of a stranger.

What a stranger wrote is data. It is refused if it is larger than any report is, and characters that
could do something in a terminal are spelled out.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from .model import Report, ReportError, Result
from .texts import all_printable, may_hide, printable

_R = TypeVar("_R", bound=BaseModel)

# The largest of ours, of eight interpreters, has 10 MB.
LARGEST = 1 << 28
# That one has some 11,000 results; more than this take minutes to show, and nobody reads them.
MOST_RESULTS = 200_000


def read_report(path: str | Path, as_it_is: bool = False) -> Report:
    """Read a report from a file, packed by gzip or not, or that of a killed run.

    Raises ReportError.
    Characters of its texts that are not printable are spelled out, unless it is read `as_it_is`.
    """
    try:
        opened = gzip.open if Path(path).suffix == ".gz" else open
        with opened(path, "rb") as file:
            # A little of a packed file may be more than there is memory for.
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ReportError(f"{str(path)!r} is not a report: none has more than {LARGEST} bytes")
        text = content.decode()
        # Counted before they are parsed, which takes ten times as much memory as the file.
        results = text.count('"clause"')
        if results > MOST_RESULTS:
            raise ReportError(
                f"{str(path)!r} is not a report: it has {results} results, and none has "
                f"{MOST_RESULTS}"
            )
        parse = _parsed if as_it_is or not may_hide(text) else _parsed_as_printable
        return _of_lines(text, parse) if Path(path).suffix == ".jsonl" else parse(Report, text)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as problem:
        raise ReportError(f"cannot read the report {str(path)!r}: {problem}") from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        where = printable(".".join(map(str, first["loc"]))) or "the file"
        raise ReportError(f"{str(path)!r} is not a report: {where}: {first['msg']}") from problem
    except ValueError as problem:
        raise ReportError(f"{str(path)!r} is not a report: {problem}") from problem


class _Parse(Protocol):
    def __call__(self, model: type[_R], text: str) -> _R: ...


def _parsed(model: type[_R], text: str) -> _R:
    return model.model_validate_json(text)


def _parsed_as_printable(model: type[_R], text: str) -> _R:
    return model.model_validate(all_printable(from_json(text)))


def _of_lines(text: str, parse: _Parse) -> Report:
    # The last line has no end if the run was killed while it was written.
    first, *lines = text.split("\n")[:-1] or [""]
    results = tuple(parse(Result, line) for line in lines)
    return parse(Report, first).model_copy(update={"results": results})
