"""Measuring: operations are timed in processes of the target interpreter.

What is measured is kept as benchmarks of `pyperf`, in files that its own commands read: `python -m
pyperf compare_to`, `hist` and `stats` say more about the same figures than the page does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyperf

from ..backends import import_paths_of, module_of
from ..stage.findings import Finding, StageFault
from ..stage.probing import BadSelection, Probed, probe
from ..stage.program import run_program_and_listen
from .operations import OPERATIONS, Operation

PROGRAM = Path(__file__).with_name("timed_program.py")

# Nothing is accused of being slow; this only ends what does not come back.
_PATIENCE = 600.0

WRAPPED, RAW = "wrapped", "raw"


@dataclass(frozen=True)
class Measured:
    """An operation with one backend: the seconds of all rounds of each process, or a problem."""

    operation: Operation
    backend: str
    kind: str
    processes: tuple[tuple[float, ...], ...]
    problem: str = ""

    @property
    def best(self) -> float:
        """The least time that it took: what the machine adds is never less than nothing."""
        return min(map(min, self.processes))

    def as_benchmark(self) -> pyperf.Benchmark:
        """Return it as a benchmark of `pyperf`."""
        suffix = " (raw)" if self.kind == RAW else ""
        metadata = {"name": self.operation.name + suffix, "unit": "second"}
        return pyperf.Benchmark(
            [
                pyperf.Run(seconds, metadata=metadata, collect_metadata=False)
                for seconds in self.processes
            ]
        )


def chosen(names: Iterable[str]) -> tuple[Operation, ...]:
    """Return the operations whose names begin so, all if there are none; raises BadSelection."""
    names = tuple(names)
    for name in names:
        if not any(operation.name.startswith(name) for operation in OPERATIONS):
            known = ", ".join(repr(operation.name) for operation in OPERATIONS)
            raise BadSelection(f"no operation's name begins with {name!r}; there are {known}")
    return tuple(one for one in OPERATIONS if not names or one.name.startswith(names))


def probe_all(python: str, backends: Iterable[str]) -> tuple[Probed, ...]:
    """Import backends in an interpreter, each by itself; raises BadSelection."""
    modules = dict.fromkeys(map(module_of, backends))
    return tuple(probe(python, module, import_paths_of(module)) for module in modules)


def measure(
    probed: Sequence[Probed],
    operation: Operation,
    rounds: int,
    processes: int,
    on_process: Callable[[], None] = lambda: None,
) -> list[Measured]:
    """Time an operation with all backends; raises BadSelection where no process can do so."""
    first = probed[0]
    extra = {name: path for one in probed for name, path in one.extra.items()}
    target = replace(first.target(""), extra=extra)
    statements = {WRAPPED: operation.statement}
    if operation.raw:
        statements[RAW] = operation.raw
    order = {
        "backends": [one.module for one in probed],
        "setup": operation.setup,
        "statements": statements,
        "copies": operation.copies,
        "rounds": rounds,
    }
    seconds: dict[tuple[str, str], list[tuple[float, ...]]] = {}
    problems: dict[tuple[str, str], str] = {}
    for _ in range(processes):
        try:
            printed, _ = run_program_and_listen(target, PROGRAM, [json.dumps(order)], (), _PATIENCE)
        except (Finding, StageFault) as problem:
            raise BadSelection(f"{operation.name!r} cannot be timed: {problem}") from None
        for one in json.loads(printed):
            key = (one["backend"], one["kind"])
            seconds.setdefault(key, []).append(tuple(one["seconds"]))
            if "problem" in one:
                problems[key] = one["problem"]
        on_process()
    return [
        Measured(operation, backend, kind, tuple(times), problems.get((backend, kind), ""))
        for (backend, kind), times in seconds.items()
    ]


def write(folder: Path, texts: Mapping[str, str], measured: Sequence[Measured]) -> None:
    """Write texts into a folder, and a file of benchmarks for each backend; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for backend in dict.fromkeys(one.backend for one in measured):
        mine = [one for one in measured if one.backend == backend and not one.problem]
        if mine:
            suite = pyperf.BenchmarkSuite([one.as_benchmark() for one in mine])
            suite.dump(str(folder / f"{backend}.json"), replace=True)
