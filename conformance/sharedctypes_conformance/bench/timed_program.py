"""Times a statement with several backends in turns; runs in the target interpreter.

    python timed_program.py '{"backends": [...], "setup": ..., "statements": {...}, ...}'

It prints, as JSON, the seconds that each statement took with each backend in each round, or what
was raised.  The timing is done by `timeit`: a target interpreter has only the standard library.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import timeit
from typing import Any

# Long enough for the clock, short enough that many rounds meet a quiet moment of the machine.
SECONDS = 0.004


def timer_of(backend: str, setup: str, statement: str, copies: int) -> timeit.Timer:
    """Return what times copies of a statement that uses `backend`."""
    names = {"backend": importlib.import_module(backend)}
    return timeit.Timer("\n".join([statement] * copies), setup, globals=names)


def repeats_for(timer: timeit.Timer) -> int:
    """Return how often to run a timer's statement, so that it takes long enough."""
    number = 1
    while timer.timeit(number) < SECONDS and number < 1 << 20:
        number *= 2
    return number


def timed(order: dict[str, Any]) -> list[dict[str, Any]]:
    """Return, for each statement and backend, its times or the problem that it had."""
    found: list[dict[str, Any]] = []
    timers = []
    copies = order["copies"]
    for kind, statement in order["statements"].items():
        for backend in order["backends"]:
            entry: dict[str, Any] = {"kind": kind, "backend": backend, "seconds": []}
            found.append(entry)
            try:
                timer = timer_of(backend, order["setup"], statement, copies)
                timers.append((entry, timer, repeats_for(timer)))
            except Exception as problem:
                entry["problem"] = f"{type(problem).__name__}: {problem}"
    for number in range(order["rounds"]):
        # There and back again: whoever comes second each time would find the caches warm.
        for entry, timer, repeats in timers if number % 2 else reversed(timers):
            entry["seconds"].append(timer.timeit(repeats) / repeats / copies)
    return found


if __name__ == "__main__":
    print(
        os.environ.get("SHAREDCTYPES_PROGRAM_MARK", "") + json.dumps(timed(json.loads(sys.argv[1])))
    )
