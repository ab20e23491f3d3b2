"""What processes use of the machine for shared objects: descriptors, threads, names, memory.

Each function returns None where the system does not tell. A name is a path in the folder of shared
memory, or stands for a System V segment, which has no name but stays like one until it is removed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
from collections.abc import Iterable
from os import getpid, listdir, readlink, stat, unlink
from typing import Dict, Tuple

from . import process_states

# Bound before the backend is imported, like the functions of `os`: it may replace them, on purpose
# or for its own ends, and what it leaks must be seen all the same.
_open = open

SHARED_MEMORY = "/dev/shm"  # noqa: S108 - it is only looked at

# A path with the number of its file: a name that somebody gave to another file is not meant.
Names = Dict[str, int]

# What identifies a file: device and number. A System V segment has its identifier for a number; its
# device is nowhere but in the list of what a process has mapped.
File = Tuple[int, int]
_SYSTEM_V = -1
_SEGMENT = "System V segment "
_TO_BE_DESTROYED = 0o1000


# What a system answers when a process has all that it may have, of whatever a backend needs.
NO_MORE = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)

# Where the system lists the open descriptors of a process; the latter is on other systems too.
_DESCRIPTORS = ("/proc/self/fd", "/dev/fd")


def descriptors() -> int | None:
    """Return how many file descriptors are open."""
    for folder in _DESCRIPTORS:
        with contextlib.suppress(OSError):
            return len(listdir(folder))
    return None


def threads() -> int | None:
    """Return how many threads this process has, those that Python knows nothing of too."""
    try:
        return len(listdir("/proc/self/task"))
    except OSError:
        return None


def processes() -> int | None:
    """Return how many processes descend from this one, if it leads its session.

    They are its children, those too that have ended and that it has not waited for, and whatever
    else runs in its session. Of the latter, those that have ended are for others to wait for.
    """
    own, running = getpid(), process_states.all_processes()
    if not running:
        return None
    return -1 + sum(
        one.parent == own or (one.session == own and one.state != "Z") for one in running.values()
    )


def files(folder: str) -> int:
    """Return how many files and folders there are in a folder, at any depth."""
    return sum(len(names) + len(folders) for _, folders, names in os.walk(folder))


def listed() -> frozenset[str] | None:
    """Return all names that there are, of any process."""
    try:
        paths = [f"{SHARED_MEMORY}/{name}" for name in listdir(SHARED_MEMORY)]
    except OSError:
        return None
    return frozenset(paths + [f"{_SEGMENT}{number}" for _, number in _segments()])


def names(*pids: int) -> Names | None:
    """Return which names are this process's, with the numbers of their files.

    They are looked up by what it has mapped or open, because a file need not have been opened by
    the name that it has now: those of semaphores are not. A segment is also the process's that made
    it. With `pids`, they are those of other processes, of which one that has ended has none but
    such segments.
    """
    paths = listed()
    if paths is None:
        return None
    makers = _segments()
    files: set[File] = set()
    for pid in pids or (getpid(),):
        held = held_by(pid)
        if not pids and held is None:
            return None
        made = {file for file, (maker, _) in makers.items() if maker == pid}
        files |= {*(held or ()), *made}
    return {path: file[1] for path, file in _files(paths).items() if file in files}


def held_by(pid: int) -> set[File] | None:
    """Return the files that a process has mapped or open, which depends on no other process."""
    mapped, opened = _mapped(pid), _opened(pid)
    return None if mapped is None or opened is None else {*mapped, *opened}


def names_of(files: set[File]) -> Names:
    """Return which names some files have."""
    found = _files(listed() or ())
    return {path: file[1] for path, file in found.items() if file in files}


def still_there(known: Names) -> Names:
    """Return those of names that still are names of the same files."""
    return {path: file[1] for path, file in _files(known).items() if file[1] == known[path]}


def remove(known: Names) -> None:
    """Remove names, those that still are there."""
    for path, number in still_there(known).items():
        with contextlib.suppress(OSError):
            if path.startswith(_SEGMENT):
                ctypes.CDLL(None).shmctl(number, 0, None)
            else:
                unlink(path)


def memory(known: Names) -> int | None:
    """Return how many bytes of memory this process takes, mapped or not.

    A file of shared memory takes them as long as it has a name or is open, and then they are in no
    count of what a process has mapped. Names are looked for among `known` ones of its own.
    """
    mapped, opened = _mapped(getpid()), _opened(getpid())
    try:
        with _open("/proc/self/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        # What was moved out to make room for others is taken all the same.
        taken = sum(int(lines[name].split()[0]) * 1024 for name in ("VmRSS", "VmSwap"))
    except (OSError, KeyError):
        return None
    if mapped is None or opened is None:
        return None
    home = _files([SHARED_MEMORY]).get(SHARED_MEMORY)
    sizes = {
        file: size
        for file, (target, size) in opened.items()
        if target.startswith("/memfd:") or (home and file[0] == home[0])
    }
    segments = _segments()
    for path, file in _files(still_there(known)).items():
        # It may have gone in the meantime.
        with contextlib.suppress(OSError, KeyError):
            in_segment = file[0] == _SYSTEM_V
            sizes[file] = segments[file][1] if in_segment else stat(path).st_blocks * 512
    return taken + sum(size for file, size in sizes.items() if file not in mapped)


def _files(paths: Iterable[str]) -> dict[str, File]:
    """Return of which files some names are, those that there are."""
    segments, files = _segments(), {}
    for path in paths:
        if path.startswith(_SEGMENT):
            file = (_SYSTEM_V, int(path[len(_SEGMENT) :]))
            if file in segments:
                files[path] = file
        else:
            with contextlib.suppress(OSError):
                found = stat(path)
                files[path] = (found.st_dev, found.st_ino)
    return files


def _segments() -> dict[File, tuple[int, int]]:
    """Return who made each System V segment, and the bytes that it takes.

    Those that are removed already, and go with the last process that has them mapped, are not
    among them.
    """
    segments = {}
    with contextlib.suppress(OSError), _open("/proc/sysvipc/shm") as table:
        columns = next(table).split()
        for line in table:
            row = dict(zip(columns, line.split()))
            if not int(row["perms"], 8) & _TO_BE_DESTROYED:
                size = int(row.get("rss", row["size"]))
                segments[_SYSTEM_V, int(row["shmid"])] = (int(row["cpid"]), size)
    return segments


def _mapped(pid: int) -> set[File] | None:
    try:
        with _open(f"/proc/{pid}/maps") as maps:
            lines = [line.split(None, 5) for line in maps]
    except OSError:
        return None
    files = set()
    for line in lines:
        major, minor = line[3].split(":")
        device = os.makedev(int(major, 16), int(minor, 16))
        if line[5:] and line[5].startswith("/SYSV"):
            device = _SYSTEM_V
        files.add((device, int(line[4])))
    return files


def _opened(pid: int) -> dict[File, tuple[str, int]] | None:
    """Return each file that is open, with its name and the bytes that it takes."""
    folder = f"/proc/{pid}/fd"
    try:
        listed = listdir(folder)
    except OSError:
        return None
    files = {}
    for name in listed:
        # One of them was the listing's own, which is closed by now.
        with contextlib.suppress(OSError):
            found = stat(f"{folder}/{name}")
            target = readlink(f"{folder}/{name}")
            files[found.st_dev, found.st_ino] = (target, found.st_blocks * 512)
    return files
