"""The CPU time that judging takes: of this process, and of all that it has started.

A process that has ended, and was waited for, is counted by who waited for it, with all that it had
waited for itself. So what counts for ended programs is what this process has waited for, and for
running ones what the system says of them and their descendants.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .started import running

_TICKS = os.sysconf("SC_CLK_TCK")


class Cpu(NamedTuple):
    """Seconds of CPU: of the suite, and of the target, None where the system does not tell."""

    suite: float
    target: float | None

    def since(self, before: Cpu) -> Cpu:
        """Return what has been taken since then."""
        target = None
        if self.target is not None and before.target is not None:
            # Never less than nothing: what runs is counted in hundredths of a second.
            target = round(max(0.0, self.target - before.target), 4)
        return Cpu(round(self.suite - before.suite, 4), target)


def taken() -> Cpu:
    """Return what this process, and all that it has started, have taken until now."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not Path("/proc/self/stat").exists():
        return Cpu(time.process_time(), None)
    alive = sum(_of(pid) for guardian in tuple(running) for pid in _family(guardian))
    return Cpu(time.process_time(), ended.ru_utime + ended.ru_stime + alive)


def _of(pid: int) -> float:
    """Return what a process, and those that it has waited for, have taken, 0 if it is gone."""
    try:
        # The second field is the program's name, in brackets, and may contain anything.
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it, those that are there."""
    yield pid
    with suppress(OSError):  # it has just ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))
