"""Comparing: how many times faster one backend is than another, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .measuring import RAW, WRAPPED, Measured
from .operations import Operation


@dataclass(frozen=True)
class Ratio:
    """How many times as long one takes as another, and the least and the most in one process."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, one: Measured, other: Measured) -> Ratio:
        """Compare the least times: both met the same moments of the machine, in turns."""
        in_each = [
            min(mine) / min(theirs)
            for mine, theirs in zip(one.processes, other.processes, strict=True)
        ]
        return cls(one.best / other.best, min(in_each), max(in_each))

    def __str__(self) -> str:
        return f"{_short(self.value)} ({_short(self.low)} to {_short(self.high)})"


def _short(number: float) -> str:
    return f"{number:.2f}" if number < 10 else f"{number:.0f}"


@dataclass(frozen=True)
class Row:
    """An operation with all backends: times in nanoseconds, and ratios to the first of them.

    `slower` is how many times as long the operation takes through the wrapper.  What could not be
    measured is None.
    """

    operation: Operation
    nanoseconds: tuple[float | None, ...]
    ratios: tuple[Ratio | None, ...]
    slower: tuple[Ratio | None, ...]


def rows_of(measured: Iterable[Measured], backends: Sequence[str]) -> list[Row]:
    """Return a row for each operation."""
    found = {(one.operation, one.backend, one.kind): one for one in measured if not one.problem}
    rows = []
    for operation in dict.fromkeys(operation for operation, _, _ in found):
        wrapped = [found.get((operation, backend, WRAPPED)) for backend in backends]
        raw = [found.get((operation, backend, RAW)) for backend in backends]
        rows.append(
            Row(
                operation,
                tuple(one.best * 1e9 if one else None for one in wrapped),
                tuple(_ratio(wrapped[0], other) for other in wrapped[1:]),
                tuple(_ratio(*pair) for pair in zip(wrapped, raw, strict=True)),
            )
        )
    return rows


def _ratio(one: Measured | None, other: Measured | None) -> Ratio | None:
    return Ratio.of(one, other) if one and other else None
