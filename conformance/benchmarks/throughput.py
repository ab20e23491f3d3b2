"""How many property examples a second the suite carries out, and what bounds it.

    python conformance/benchmarks/throughput.py [--area AREA] [--backend MODULE] [--processes N]
        [--rounds N]

One process for each core judges the clauses of an area, with actors that stay: of `operations`,
whose examples are sequences of about twenty operations by three processes, or of `interleaving`,
whose examples are some ninety steps of a model of locks. All begin after a warm-up.
Rounds of the start methods alternate, so that a slow moment of the machine meets all of them; the
median round is shown, with the slowest and the fastest.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from sharedctypes_conformance.backends import REFERENCE, import_paths_of, module_of
from sharedctypes_conformance.checks.kit.check import Check, all_checks
from sharedctypes_conformance.judging.judge import judge
from sharedctypes_conformance.selection import START_METHODS
from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.stage.stage import Stage

# What counts as an operation in the examples of an area, from what was drawn and what it covered.
OPERATIONS: dict[str, Callable[[dict[str, Any], Any], int]] = {
    "operations": lambda drawn, _: len(drawn["drawn"][1]),
    "interleaving": lambda _, covered: sum(n for k, n in covered.items() if " while a " in k),
}

# The clause on neighbours looks at three objects after each operation, and is not like the others.
LEFT_OUT = {"operations.other-objects-are-unchanged"}

Counts = dict[str, float]

_start: Any = None


def _prepare(barrier: Any) -> None:
    global _start
    _start = barrier


def measure(area: str, backend: str, method: str, seed: int) -> Counts:
    """Judge an area once in this process; return examples, operations and seconds of it."""
    module = module_of(backend)
    stage = Stage(probe(sys.executable, module, import_paths_of(module)).target(method))
    counts: Counts = {"examples": 0, "operations": 0}

    def counting(check: Check) -> Check:
        def body(stage: Stage, **drawn: Any) -> Any:
            covered = check.body(stage, **drawn)
            counts["examples"] += 1
            counts["operations"] += OPERATIONS[area](drawn, covered)
            return covered

        return replace(check, body=body)

    checks = [c for c in all_checks().values() if c.clause.startswith(f"{area}.")]
    checks = [counting(check) for check in checks if check.clause not in LEFT_OUT]
    try:
        for check in checks:
            judge(stage, check, "quick", seed)
        counts |= {"examples": 0, "operations": 0}
        _start.wait()
        began, cpu = time.perf_counter(), time.process_time()
        for check in checks:
            judgement = judge(stage, check, "thorough", seed)
            assert judgement.verdict == "pass", f"{check.clause}: {judgement.message}"
        counts["seconds"] = time.perf_counter() - began
        counts["suite"] = time.process_time() - cpu
    finally:
        stage.close()
    cpu = time.process_time()
    for check in checks:
        judge(stage, replace(check, body=_nothing, covers=frozenset()), "thorough", seed)
    counts["drawing"] = time.process_time() - cpu
    return counts


def _nothing(_stage: Stage, **_drawn: Any) -> None:
    pass


def one_round(area: str, backend: str, method: str, processes: int, seed: int) -> Counts:
    """Judge an area in several processes at once; return their counts together."""
    context = get_context("spawn")
    barrier = context.Barrier(processes)
    with ProcessPoolExecutor(processes, context, _prepare, (barrier,)) as pool:
        futures = [
            pool.submit(measure, area, backend, method, seed * processes + place)
            for place in range(processes)
        ]
        counts = [future.result() for future in futures]
    total = {key: sum(one[key] for one in counts) for key in counts[0]}
    total["seconds"] = max(one["seconds"] for one in counts)
    return total


def main() -> None:
    """Measure, and print a line for each start method."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--area", default="operations", choices=OPERATIONS)
    parser.add_argument("--backend", default=REFERENCE, metavar="MODULE")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    given = parser.parse_args()
    rounds: dict[str, list[Counts]] = {method: [] for method in START_METHODS}
    for number in range(given.rounds):
        for method, counts in rounds.items():
            counts.append(one_round(given.area, given.backend, method, given.processes, number))
    print(f"{given.area}, {given.backend}, {given.processes} processes, {given.rounds} rounds")
    for method, counts in rounds.items():
        rates = sorted(one["examples"] / one["seconds"] for one in counts)
        one = counts[len(counts) // 2]
        examples, each = one["examples"], 1000 / one["examples"]
        whole = one["seconds"] * given.processes
        print(
            f"{method:>10}: {statistics.median(rates):.0f} examples/s ({rates[0]:.0f} to "
            f"{rates[-1]:.0f}) of {one['operations'] / examples:.1f} operations, "
            f"{one['operations'] / one['seconds']:.0f} operations/s; each example takes "
            f"{whole * each:.2f} ms of a process: drawing {one['drawing'] * each:.2f}, "
            f"the rest of the suite {(one['suite'] - one['drawing']) * each:.2f}, "
            f"waiting for actors {(whole - one['suite']) * each:.2f}"
        )


if __name__ == "__main__":
    main()
