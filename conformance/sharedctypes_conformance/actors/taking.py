"""What processes take of the machine for shared objects: descriptors, threads, names, memory.

Each function returns None where the system does not tell.
"""

from __future__ import annotations

import contextlib
import os
from typing import Dict, Tuple

SHARED_MEMORY = "/dev/shm"  # noqa: S108 - it is only looked at

# A path with the number of its file: a name that somebody gave to another file is not meant.
Names = Dict[str, int]

# What tells files apart: device and number.
_File = Tuple[int, int]


def descriptors() -> int | None:
    """Return how many file descriptors are open."""
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return None


def threads() -> int | None:
    """Return how many threads this process has, those that Python knows nothing of too."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return None


def processes() -> int | None:
    """Return how many processes came of this one, if it leads its session.

    They are its children, those too that have ended and that it has not waited for, and whatever
    else runs in its session. Of that, what has ended waits for others.
    """
    own, count = os.getpid(), 0
    if not os.path.isdir("/proc/self"):
        return None
    for name in filter(str.isdecimal, os.listdir("/proc")):
        # One that has gone in the meantime, or that nobody may look at, is not meant.
        with contextlib.suppress(OSError):
            with open(f"/proc/{name}/stat") as stat:
                state, parent, _, session = stat.read().rpartition(")")[2].split()[:4]
            count += int(parent) == own or (int(session) == own and state != "Z")
    return count - 1


def files(folder: str) -> int:
    """Return how many files and folders there are in a folder, at any depth."""
    return sum(len(names) + len(folders) for _, folders, names in os.walk(folder))


def names(*pids: int) -> Names | None:
    """Return which names in the folder of shared memory are this process's, with files' numbers.

    They are looked up by what it has mapped or open, because a file need not have been opened by
    the name that it has now: those of semaphores are not. With `pids`, they are those of other
    processes, of which one that has ended has none.
    """
    home = _stat(SHARED_MEMORY)
    try:
        listed = os.listdir(SHARED_MEMORY)
    except OSError:
        return None
    files: set[_File] = set()
    for pid in pids or (os.getpid(),):
        mapped, opened = _mapped(pid), _opened(pid)
        if not pids and (mapped is None or opened is None):
            return None
        files |= {*(mapped or ()), *(opened or ())}
    if home is None:
        return None
    held = {file for file in files if file[0] == home.st_dev}
    found = {}
    for name in listed:
        stat = _stat(f"{SHARED_MEMORY}/{name}")
        if stat and (stat.st_dev, stat.st_ino) in held:
            found[f"{SHARED_MEMORY}/{name}"] = stat.st_ino
    return found


def still_there(known: Names) -> Names:
    """Return those of names that still are names of the same files."""
    stats = {path: _stat(path) for path in known}
    return {
        path: stat.st_ino for path, stat in stats.items() if stat and stat.st_ino == known[path]
    }


def memory(known: Names) -> int | None:
    """Return how many bytes of memory this process takes, mapped or not.

    A file of shared memory takes them as long as it has a name or is open, and then they are in no
    count of what a process has mapped. Names are looked for among `known` ones of its own.
    """
    mapped, opened = _mapped(os.getpid()), _opened(os.getpid())
    try:
        with open("/proc/self/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        resident = int(lines["VmRSS"].split()[0]) * 1024
    except (OSError, KeyError):
        return None
    if mapped is None or opened is None:
        return None
    home = _stat(SHARED_MEMORY)
    sizes = {
        file: size
        for file, (target, size) in opened.items()
        if target.startswith("/memfd:") or (home and file[0] == home.st_dev)
    }
    for path in known:
        stat = _stat(path)
        if stat and stat.st_ino == known[path]:
            sizes[stat.st_dev, stat.st_ino] = stat.st_blocks * 512
    return resident + sum(size for file, size in sizes.items() if file not in mapped)


def _mapped(pid: int) -> set[_File] | None:
    try:
        with open(f"/proc/{pid}/maps") as maps:
            lines = [line.split(None, 5) for line in maps]
    except OSError:
        return None
    files = set()
    for line in lines:
        major, minor = line[3].split(":")
        files.add((os.makedev(int(major, 16), int(minor, 16)), int(line[4])))
    return files


def _opened(pid: int) -> dict[_File, tuple[str, int]] | None:
    """Return each file that is open, with its name and the bytes that it takes."""
    folder = f"/proc/{pid}/fd"
    try:
        listed = os.listdir(folder)
    except OSError:
        return None
    files = {}
    for name in listed:
        # One of them was the listing's own, which is closed by now.
        with contextlib.suppress(OSError):
            stat = os.stat(f"{folder}/{name}")
            target = os.readlink(f"{folder}/{name}")
            files[stat.st_dev, stat.st_ino] = (target, stat.st_blocks * 512)
    return files


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None
