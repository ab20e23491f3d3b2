"""What a comparison is shown as: a page of Markdown, a picture in SVG, a table in a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from rich.console import Console
from rich.table import Table

from .comparison import Ratio, Row

PAGE = "bench.md"
PICTURE = "bench.svg"


@dataclass(frozen=True)
class Circumstances:
    """What was measured with what; `backends` are titles, the first being the one compared with."""

    suite: str
    interpreter: str
    backends: tuple[str, ...]
    processes: int
    rounds: int


def page_of(rows: Sequence[Row], how: Circumstances) -> str:
    """Return the text of the page."""
    return "\n".join(_lines(rows, how)) + "\n"


def _lines(rows: Sequence[Row], how: Circumstances) -> Iterator[str]:
    first, *others = how.backends
    yield f"# {' and '.join(how.backends)} on {how.interpreter}"
    yield ""
    yield (
        f"Made by `sharedctypes-conformance bench` {how.suite}. Backends were timed in turns in "
        f"one process, in {how.rounds} rounds, and that in {how.processes} processes. The least "
        "time of all rounds counts."
    )
    yield ""
    if others:
        yield f"![How many times faster than {first}]({PICTURE})"
        yield ""
        yield (
            f"A ratio is the time of {first} divided by that of the other; above 1 the other is "
            "faster. In parentheses: the lowest and the highest of the processes."
        )
        yield ""
    head = ["operation", *how.backends, *(f"ratio, {other}" for other in others)]
    yield from _table(
        head,
        (
            [f"`{row.operation.name}`", *map(_time, row.nanoseconds), *map(_text, row.ratios)]
            for row in rows
        ),
    )
    through = [row for row in rows if row.operation.raw]
    if not through:
        return
    yield ""
    yield "## Through the wrapper"
    yield ""
    yield (
        'The documentation says: "accessing the ctypes object through the wrapper can be a lot '
        'slower than accessing the raw ctypes object". So many times slower:'
    )
    yield ""
    yield from _table(
        ["operation", *how.backends],
        ([f"`{row.operation.name}`", *map(_text, row.slower)] for row in through),
    )


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _time(nanoseconds: float | None) -> str:
    if nanoseconds is None:
        return "-"
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def _text(ratio: Ratio | None) -> str:
    return "-" if ratio is None else str(ratio)


# What the picture is made of: places in pixels.
_LEFT, _WIDTH, _TOP, _LINE = 270, 460, 60, 20
_COLORS = ("#0b6bcb", "#b3590a", "#1f7a3a", "#8a2be2")


def picture_of(rows: Sequence[Row], how: Circumstances) -> str:
    """Return an image of the ratios, on a scale on which half and twice are equally far from 1."""
    ratios = [ratio for row in rows for ratio in row.ratios if ratio]
    low = min([0.5, *(ratio.low for ratio in ratios)])
    high = max([2.0, *(ratio.high for ratio in ratios)])

    def place(ratio: float) -> float:
        return round(_LEFT + _WIDTH * math.log(ratio / low) / math.log(high / low), 1)

    ticks = (0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 10000)
    template = (files(__package__) / "picture.svg").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(template).render(
        how=how,
        rows=rows,
        place=place,
        ticks=[tick for tick in ticks if low <= tick <= high],
        colors=_COLORS,
        left=_LEFT,
        width=_LEFT + _WIDTH + 40,
        top=_TOP,
        line=_LINE,
        bottom=_TOP + _LINE * len(rows),
    )


def show(rows: Sequence[Row], how: Circumstances, console: Console) -> None:
    """Print times and ratios, and how much slower accesses are through the wrapper."""
    console.print(how.interpreter)
    for number, backend in enumerate(how.backends, 1):
        console.print(f"{number}: {backend}")
    table = Table("operation", box=None, pad_edge=False)
    numbers = range(1, len(how.backends) + 1)
    heads = [*map(str, numbers), *(f"1 / {number}" for number in numbers[1:])]
    for head in [*heads, *(f"{number}, wrapped / raw" for number in numbers)]:
        table.add_column(head, justify="right")
    for row in rows:
        cells = [*map(_time, row.nanoseconds), *map(_text, row.ratios)]
        slower = ["" if one is None else f"{one.value:.1f}" for one in row.slower]
        table.add_row(row.operation.name, *cells, *slower)
    console.print(table)
