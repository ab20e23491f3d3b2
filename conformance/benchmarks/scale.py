"""What many objects cost, and many accesses by two processes: one backend beside another.

    python conformance/benchmarks/scale.py [--backend MODULE]... [--objects N] [--values N]

Each figure comes from a process of its own, for each backend in turn.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from sharedctypes_conformance.backends import REFERENCE, STANDARD_LIBRARY

_PARTS = 4


def memory() -> int:
    """Return how many bytes this process has in memory, shared ones included."""
    with open("/proc/self/status") as status:
        lines = dict(line.split(":", 1) for line in status if ":" in line)
    return 1024 * sum(int(lines[name].split()[0]) for name in ("RssAnon", "RssShmem"))


def live(make: Callable[[], Any], count: int) -> str:
    """Return what objects cost while more and more of them are alive."""
    kept, micros, before = [], [], memory()
    for _ in range(_PARTS):
        began = time.perf_counter()
        try:
            kept += [make() for _ in range(count // _PARTS)]
        except OSError as problem:
            return f"{problem} after {len(kept)} or a few more"
        micros.append((time.perf_counter() - began) / (count // _PARTS) * 1e6)
    each = (memory() - before) / len(kept)
    return f"{' '.join(f'{one:.1f}' for one in micros)} µs each, {each:.0f} bytes each"


def ignore(_objects: list[Any]) -> None:
    """Do nothing with objects."""


def starts(backend: Any, method: str, count: int) -> str:
    """Return how long it takes to pass objects to a child that ends at once."""
    context: Any = multiprocessing.get_context(method)
    objects = [backend.Value("i", ctx=context) for _ in range(count)]
    best = float("inf")
    for _ in range(5):
        child = context.Process(target=ignore, args=(objects,))
        began = time.perf_counter()
        child.start()
        child.join()
        best = min(best, time.perf_counter() - began)
    return f"{1000 * best:.1f} ms"


def increment(shared: Any, times: int) -> None:
    """Increment a value so many times."""
    for _ in range(times):
        with shared:
            shared.value += 1


def throughput(backend: Any, times: int = 100_000) -> str:
    """Return how many increments a second two processes do."""
    context = multiprocessing.get_context("fork")
    best = float("inf")
    for _ in range(5):
        shared = backend.Value("i", 0)
        children = [context.Process(target=increment, args=(shared, times)) for _ in range(2)]
        began = time.perf_counter()
        for child in children:
            child.start()
        for child in children:
            child.join()
        best = min(best, time.perf_counter() - began)
        assert shared.value == 2 * times
    return f"{2 * times / best / 1000:.0f} thousand a second"


def figures(backend: Any, objects: int, values: int) -> dict[str, Callable[[], str]]:
    """Return what is measured."""
    return {
        f"{objects} live RawValues": lambda: live(lambda: backend.RawValue("i", 5), objects),
        f"{values} live Values": lambda: live(lambda: backend.Value("i", 5), values),
        "100 objects to a forked child": lambda: starts(backend, "fork", 100),
        "2000 objects to a forked child": lambda: starts(backend, "fork", 2000),
        "100 objects to a spawned child": lambda: starts(backend, "spawn", 100),
        "2000 objects to a spawned child": lambda: starts(backend, "spawn", 2000),
        "increments by two processes": lambda: throughput(backend),
    }


def main() -> None:
    """Print a line for each figure and backend."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--backend", action="append", metavar="MODULE")
    parser.add_argument("--objects", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--values", type=int, default=60_000, metavar="N")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    backends = given.backend or [STANDARD_LIBRARY, REFERENCE]
    if given.one:
        module = importlib.import_module(backends[0])
        print(figures(module, given.objects, given.values)[given.one]())
        return
    for name in figures(None, given.objects, given.values):
        print(name)
        for backend in backends:
            options = ["--objects", str(given.objects), "--values", str(given.values)]
            command = [sys.executable, __file__, "--backend", backend, "--one", name, *options]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
            print(f"    {backend}: {done.stdout.strip() or 'failed'}", flush=True)


if __name__ == "__main__":
    main()
