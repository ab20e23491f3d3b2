"""What this process takes of the machine for shared objects: descriptors, names and memory.

Each function returns None where the system does not tell.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
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


def names() -> Names | None:
    """Return which names in the folder of shared memory are this process's, with files' numbers.

    They are looked up by what it has mapped or open, because a file need not have been opened by
    the name that it has now: those of semaphores are not.
    """
    mapped = _mapped()
    home = _stat(SHARED_MEMORY)
    try:
        opened = dict(_opened())
        listed = os.listdir(SHARED_MEMORY)
    except OSError:
        return None
    if mapped is None or home is None:
        return None
    held = {file for file in (*mapped, *opened) if file[0] == home.st_dev}
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
    mapped = _mapped()
    try:
        with open("/proc/self/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        resident = int(lines["VmRSS"].split()[0]) * 1024
        opened = dict(_opened())
    except (OSError, KeyError):
        return None
    if mapped is None:
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


def _mapped() -> set[_File] | None:
    try:
        with open("/proc/self/maps") as maps:
            lines = [line.split(None, 5) for line in maps]
    except OSError:
        return None
    files = set()
    for line in lines:
        major, minor = line[3].split(":")
        files.add((os.makedev(int(major, 16), int(minor, 16)), int(line[4])))
    return files


def _opened() -> Iterator[tuple[_File, tuple[str, int]]]:
    """Yield each file that is open, with its name and the bytes that it takes."""
    for name in os.listdir("/proc/self/fd"):
        # One of them was the listing's own, which is closed by now.
        with contextlib.suppress(OSError):
            stat = os.stat(f"/proc/self/fd/{name}")
            target = os.readlink(f"/proc/self/fd/{name}")
            yield (stat.st_dev, stat.st_ino), (target, stat.st_blocks * 512)


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None
