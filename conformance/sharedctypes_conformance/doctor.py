"""What the machine allows to be judged: what every check needs, and what some of them need.

What every check needs is looked for before each run as well. Where something else is lacking, the
clauses that need it are inconclusive, and say why.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator

from .actors.system import resources
from .backends import STANDARD_LIBRARY
from .stage.machine import Condition, necessities
from .stage.program import PROGRAMS

_MEMORY = "`fault.full-filesystem-raises-...` cannot be judged"
_PROCESSES = "`fault.process-limit-corrupts-nothing` cannot be judged"

# A backend with a descriptor for each object needs more than this.
FEW_FILES = 256


def conditions() -> Iterator[Condition]:
    """Yield what the suite needs of the machine, with what follows if it is lacking."""
    yield from necessities()
    yield _of_processes()
    yield _descriptors()
    mounts = _program_says(
        "exhausted_resources", "ctypes; print(p.enter_namespace(ctypes.CDLL(None)))"
    )
    yield Condition(
        "mounting a file system in a namespace",
        "allowed" if mounts else "not allowed to this user",
        "" if mounts else _MEMORY,
    )
    limited = _program_says("refused_processes", "os; print(p.is_limited())")
    yield Condition(
        "limit on processes",
        "applies" if limited else "does not apply to this user",
        "" if limited else _PROCESSES,
    )
    cores = len(os.sched_getaffinity(0))
    yield Condition("cores", f"{cores}, load {os.getloadavg()[0]:.1f}")


def _of_processes() -> Condition:
    """Look for what tells which descriptors, names, memory and children processes have."""
    told = {
        "descriptors": resources.descriptors(),
        "threads": resources.threads(),
        "names of shared memory": resources.names(),
        "memory": resources.memory({}),
    }
    lacking = [what for what, count in told.items() if count is None]
    return Condition(
        "what processes use",
        f"the system does not tell: {', '.join(lacking)}" if lacking else "the system tells",
        "leaks of these cannot be judged" if lacking else "",
    )


def _descriptors() -> Condition:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = soft != resource.RLIM_INFINITY and soft < FEW_FILES
    return Condition(
        "open files",
        "unlimited" if soft == resource.RLIM_INFINITY else f"at most {soft}",
        "a backend with a descriptor for each object cannot be judged (ulimit -n)" if few else "",
    )


def _program_says(program: str, question: str) -> bool:
    """Return whether a program of a check, asked in a process of its own, can do what it needs."""
    said = subprocess.run(  # noqa: S603 - this interpreter, and programs of this package
        [
            *(sys.executable, "-c", f"import {program} as p, {question}"),
            *(STANDARD_LIBRARY, "multiprocessing", "fork"),
        ],
        env={**os.environ, "PYTHONPATH": str(PROGRAMS)},
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() == "True"
