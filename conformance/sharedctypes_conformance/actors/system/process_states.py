"""What the system says of processes: whether they are running, asleep or gone, and whose they are.

On a slow machine everything takes longer. So a call is not reported as hung while a process that it
may depend on is running.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from os import getpid, getsid, listdir
from typing import NamedTuple

_open = open  # see `resources`

# A process that is running is found asleep now and then, and one that hangs always.
_LOOKS = 10
_PAUSE = 0.02


class Status(NamedTuple):
    """The state letter (R, S, D, Z, ...) of a process or thread, and numbers of its relatives."""

    state: str
    parent: int
    group: int
    session: int


def status_of(pid: int, thread: int | None = None) -> Status | None:
    """Return the status of a process, or of one of its threads.

    None if there is none, or the system does not tell.
    """
    path = f"/proc/{pid}/stat" if thread is None else f"/proc/{pid}/task/{thread}/stat"
    try:
        with _open(path, encoding="utf-8", errors="replace") as stat:
            # The second field is the program's name, in brackets, and may contain anything.
            state, *numbers = stat.read().rpartition(")")[2].split()[:4]
    except (OSError, ValueError):
        return None
    return Status(state, *map(int, numbers))


def all_processes() -> dict[int, Status]:
    """Return the status of each process of this system; empty where the system does not tell."""
    if not os.path.isdir("/proc/self"):
        return {}
    found = {int(name): status_of(int(name)) for name in listdir("/proc") if name.isdecimal()}
    return {pid: status for pid, status in found.items() if status is not None}


def with_temporary_folder(folder: str) -> set[int]:
    """Return the processes that were started with a folder for their temporary files.

    They have it from the suite, whatever session or group they have moved to. None where the system
    does not tell, and none of those that have ended.
    """
    mark = b"\0TMPDIR=" + os.fsencode(folder) + b"\0"
    found = set()
    for name in listdir("/proc") if os.path.isdir("/proc/self") else ():
        if name.isdecimal():
            with contextlib.suppress(OSError), _open(f"/proc/{name}/environ", "rb") as environment:
                if mark in b"\0" + environment.read() + b"\0":
                    found.add(int(name))
    return found


def kill(pids: Iterable[int]) -> None:
    """Kill processes, those that are there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def others() -> set[int]:
    """Return the other processes of this one's session."""
    mine = getsid(0)
    return {pid for pid, one in all_processes().items() if one.session == mine} - {getpid()}


def are_asleep(pids: Callable[[], Iterable[int]] | None = None) -> bool:
    """Return whether processes stay asleep for a while, or are gone; `pids` is asked each time.

    Without it they are the others of this session. Where the system does not tell, they are taken
    to be asleep.
    """
    for _ in range(_LOOKS):
        for pid in (pids or others)():
            status = status_of(pid)
            if status is not None and status.state in "RD":
                return False
        time.sleep(_PAUSE)
    return True


def fall_asleep(seconds: float, pids: Callable[[], Iterable[int]] | None = None) -> bool:
    """Wait until processes stay asleep for a while, or are gone; return whether they did."""
    until = time.monotonic() + seconds
    while not are_asleep(pids):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True
