"""Whether a backend stays as it is over time: no growth, no corruption.

    python conformance/benchmarks/soak.py [--backend MODULE] [--seconds N] [--seed N]

Objects are created, shared, written, dropped, and children that use some of them are started and
killed, all at random.  Each object has a number of its own, which nobody else may ever write. Every
tenth of the time it prints how much memory, and how many descriptors and mappings the process has.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import multiprocessing
import os
import random
import signal
import time
from typing import Any

from sharedctypes_conformance.backends import REFERENCE

_MOST_OBJECTS, _MOST_CHILDREN = 3000, 6


def raw(one: Any) -> Any:
    """Return the object itself: the lock of a wrapper may be held by a child that was killed."""
    return one.get_obj() if hasattr(one, "get_obj") else one


def use(shared: list[Any], numbers: list[int]) -> None:
    """Read and write objects for ever; end with status 3 if one has what nobody wrote there."""
    while True:
        for one, number in zip(shared, numbers, strict=True):
            items = raw(one)
            if any(item != number for item in items):
                os._exit(3)
            if items is one:
                items[len(items) // 2] = number
            elif one.acquire(timeout=0.001):
                one[len(one) // 2] = number
                one.release()


class Soak:
    """Objects with their numbers, and children with the objects that they were given."""

    def __init__(self, backend: Any, seed: int) -> None:
        self.backend = backend
        self.random = random.Random(seed)  # noqa: S311 - not for secrets
        self.objects: list[tuple[Any, int]] = []
        self.children: list[Any] = []
        self.counts = {"created": 0, "dropped": 0, "started": 0, "killed": 0}

    def create(self) -> None:
        """Create an object with a number of its own."""
        self.counts["created"] += 1
        number = self.counts["created"]
        size = self.random.choice([1, 1, 2, 5, 30, 300, 5000])
        make = self.random.choice([self.backend.RawArray, self.backend.Array])
        self.objects.append((make("i", [number] * size), number))

    def drop(self) -> None:
        """Drop an object, after a look at it; raises AssertionError if it was corrupted."""
        self.counts["dropped"] += 1
        place = self.random.randrange(len(self.objects))
        one, number = self.objects.pop(place)
        found = set(raw(one))
        assert found == {number}, f"object {number} has {sorted(found)[:9]}"

    def start(self) -> None:
        """Start a child that uses some objects, of which this process may drop some at once."""
        self.counts["started"] += 1
        chosen = self.random.sample(self.objects, min(20, len(self.objects)))
        context: Any = multiprocessing.get_context(
            self.random.choice(["fork", "fork", "fork", "forkserver", "spawn"])
        )
        shared, numbers = [one for one, _ in chosen], [number for _, number in chosen]
        child = context.Process(target=use, args=(shared, numbers), daemon=True)
        child.start()
        self.children.append(child)

    def kill(self) -> None:
        """Kill a child; raises AssertionError if it had found an object corrupted."""
        self.counts["killed"] += 1
        child = self.children.pop(self.random.randrange(len(self.children)))
        child.kill()
        child.join()
        assert child.exitcode == -signal.SIGKILL, f"a child ended with {child.exitcode}"

    def step(self) -> None:
        """Do one thing or another."""
        chance = self.random.random()
        if chance < 0.003 and len(self.children) < _MOST_CHILDREN and self.objects:
            self.start()
        elif chance < 0.006 and self.children:
            self.kill()
        elif len(self.objects) < _MOST_OBJECTS * self.random.random():
            self.create()
        elif self.objects:
            self.drop()


def state() -> str:
    """Return how much this process has of what may grow."""
    with open("/proc/self/status") as status:
        memory = next(line.split()[1] for line in status if line.startswith("RssAnon"))
    with open("/proc/self/maps") as maps:
        mappings = len(maps.readlines())
    descriptors = len(os.listdir("/proc/self/fd"))
    return f"{int(memory) // 1024} MiB, {descriptors} descriptors, {mappings} mappings"


def main() -> None:
    """Go on for some time."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--backend", default=REFERENCE, metavar="MODULE")
    parser.add_argument("--seconds", type=float, default=600, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    given = parser.parse_args()
    soak = Soak(importlib.import_module(given.backend), given.seed)
    began = time.monotonic()
    for tenth in range(1, 11):
        while time.monotonic() < began + given.seconds * tenth / 10:
            soak.step()
        gc.collect()
        counts = ", ".join(f"{count} {what}" for what, count in soak.counts.items())
        print(f"{tenth}/10: {counts}; {state()}", flush=True)
    while soak.children:
        soak.kill()
    while soak.objects:
        soak.drop()


if __name__ == "__main__":
    main()
