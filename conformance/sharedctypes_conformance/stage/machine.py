"""The machine: what the suite needs of it.

A fault of the machine must not be taken for one of a backend. So before anything is judged
`require` looks for what every backend needs, and raises a `MachineFault` that says what is lacking.
`temporary_folder` chooses where the suite's folders are.
"""

from __future__ import annotations

import os
import resource
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..actors.system.resources import SHARED_MEMORY
from .findings import MachineFault

# Bytes that must be free: the largest checks use about half of it at once.
NEEDED = 64 << 20

# The longest path of a Unix socket that every system allows, in bytes.
_SOCKET = 103
# What comes after a temporary folder of the user: our own folders in it, and what
# `multiprocessing` adds to the temporary folder of its process.
_OURS = "/sharedctypes-12345678/t"
_THEIRS = "/pymp-12345678/listener-12345678"
_LONGEST = _SOCKET - len(_OURS) - len(_THEIRS)


def temporary_folder() -> Path:
    """Return the folder for the suite's temporary folders; raises MachineFault if there is none.

    It is that of the user, unless its path is so long that sockets of `multiprocessing`, for which
    it leaves enough room, would no longer fit below a folder of ours.
    """
    try:
        own = tempfile.gettempdir()
    except OSError as problem:
        raise MachineFault(
            f"there is no temporary folder ({problem.strerror}); set TMPDIR"
        ) from None
    for folder in (own, "/tmp", "/var/tmp"):  # noqa: S108 - only unpredictable names are used there
        if len(os.fsencode(folder)) <= _LONGEST and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    raise MachineFault(
        f"the path of the temporary folder {own!r} is too long for sockets; "
        f"set TMPDIR to one of at most {_LONGEST} characters"
    )


@dataclass(frozen=True)
class Condition:
    """Something that the suite needs of the machine: what there is, and what that rules out.

    If `stops` is true, nothing can be judged.
    """

    what: str
    found: str
    rules_out: str = ""
    stops: bool = False


def require() -> None:
    """Raise MachineFault unless the machine has what every backend needs."""
    lacking = [one.rules_out for one in necessities() if one.stops]
    if lacking:
        raise MachineFault(lacking[0])


def necessities() -> Iterator[Condition]:
    """Yield what every backend needs: folders that can be written, with room, and large files."""
    try:
        temporary = str(temporary_folder())
    except MachineFault as problem:
        yield Condition("temporary folder", "none", str(problem), stops=True)
    else:
        yield _room("temporary folder", temporary)
    # Not every system has a folder for shared memory.
    if os.path.isdir(SHARED_MEMORY):
        yield _room("shared memory", SHARED_MEMORY)
    largest, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    if largest == resource.RLIM_INFINITY:
        yield Condition("size of files", "unlimited")
    elif largest >= NEEDED:
        yield Condition("size of files", f"at most {_mib(largest)} MiB")
    else:
        yield Condition(
            "size of files",
            f"at most {_mib(largest)} MiB",
            f"files are limited to {_mib(largest)} MiB; {_mib(NEEDED)} are needed (ulimit -f)",
            stops=True,
        )


def _room(what: str, folder: str) -> Condition:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0")
    except OSError as failure:
        problem = f"no file can be written in {folder} ({failure.strerror})"
        return Condition(what, folder, problem, stops=True)
    space = os.statvfs(folder)
    free = _mib(space.f_bavail * space.f_frsize)
    found = f"{folder}, {free} MiB free"
    if free < _mib(NEEDED):
        problem = f"{folder} has {free} MiB free; {_mib(NEEDED)} are needed"
        return Condition(what, found, problem, stops=True)
    return Condition(what, found)


def _mib(size: int) -> int:
    return size >> 20


def wait_for_children() -> None:
    """See to it that this process learns how its children end; raises MachineFault if it cannot.

    Where SIGCHLD is ignored, the system forgets their exit statuses.
    """
    if signal.getsignal(signal.SIGCHLD) is not signal.SIG_IGN:
        return
    if threading.current_thread() is not threading.main_thread():
        raise MachineFault("SIGCHLD is ignored, so exit statuses are unknown; do not ignore it")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
