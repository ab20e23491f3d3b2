"""Pages: that a program is told by an exception when there is no memory, and not killed.

The story: a file that was only given a length gets its pages on first touch, and when there is none
left then, the process dies by SIGBUS in the middle of an assignment.  So the pages of an arena are
made when it is made: `occupy`.

For an array of 256 MiB that takes 50 ms, and all of it memory that may never be used.  Large arenas
wait for their first touch (`may_wait`), which makes them more than a hundred times as fast, where
that takes away no exception: where they are memory of the machine and no file in a file system that
can be full, and where the machine promises more memory than it has anyway.  It has enough for all
that wait when a new one is made: `expect_memory`.
"""

from __future__ import annotations

import os
import sys
import weakref
from typing import Protocol

from ._descriptors import File, still_is

_STEP = 64 * 1024 * 1024
_WAITS_FROM = 32 * 1024 * 1024 + 1


class _Arena(Protocol):
    descriptor: int
    file: File | None
    size: int


_waiting: weakref.WeakSet[_Arena] = weakref.WeakSet()


def note(arena: _Arena) -> None:
    """Remember an arena whose pages may not exist yet."""
    if arena.size >= _WAITS_FROM:
        _waiting.add(arena)


def may_wait(size: int) -> bool:
    """Tell whether an arena that is memory only may get its pages when they are touched."""
    if size < _WAITS_FROM:
        return False
    try:
        with open("/proc/sys/vm/overcommit_memory", "rb") as file:
            return file.read().strip() != b"2"  # 2: it promises no more than it has
    except OSError:
        return False


def expect_memory(size: int) -> None:
    """Raise MemoryError if there is not so much memory, beside what was promised already."""
    promised = sum(map(_missing, list(_waiting))) if size >= _WAITS_FROM else 0
    if size + promised > _available(size):
        # Asked for that much, an overcommitting system starts to hand out pages until it has to
        # kill somebody, rather than say no.
        raise MemoryError(f"{size} bytes of shared memory are more than this machine has")


def _missing(arena: _Arena) -> int:
    """Return how many bytes of an arena have no page yet."""
    if not still_is(arena.descriptor, arena.file):
        return 0
    return max(0, arena.size - 512 * os.fstat(arena.descriptor).st_blocks)


def _available(size: int) -> int:
    """Return how much memory the machine has, and if much is wanted, how much of it is left."""
    if size >= _WAITS_FROM:
        try:
            with open("/proc/meminfo", "rb") as file:
                lines = dict(line.split(b":") for line in file)
            names = (b"MemAvailable", b"SwapFree")
            return sum(1024 * int(lines[name].split()[0]) for name in names)
        except (OSError, KeyError, ValueError):
            pass  # not Linux
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return sys.maxsize


def occupy(descriptor: int, size: int) -> None:
    """Make a file's pages exist, or raise OSError."""
    for start in range(0, size, _STEP):
        # In steps: a signal makes the call start afresh, and a timer could keep one that takes
        # longer than its interval from ever ending.
        length = min(_STEP, size - start)
        try:
            os.posix_fallocate(descriptor, start, length)
        except AttributeError:  # macOS
            _write_zeros(descriptor, start, length)


def _write_zeros(descriptor: int, start: int, length: int) -> None:
    zeros = bytes(min(length, 1024 * 1024))
    stop = start + length
    while start < stop:
        start += os.pwrite(descriptor, zeros[: stop - start], start)
