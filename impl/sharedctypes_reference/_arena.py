"""Arenas: stretches of anonymous shared memory, each held by one descriptor.

The story: an arena is a file without a name.  It is created, filled with real pages at once, and
mapped.  Its descriptor travels to spawned children, who map the same file; forked children inherit
the mapping.  When the last reference goes, the descriptor is closed and the pages with it: there is
no name that could stay behind, whatever kills the process.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import reduction
from typing import Any

_STEP = 64 * 1024 * 1024


class Arena:
    """Shared memory of `size` bytes, zero-filled, whose pages exist.

    Raises OverflowError when no address space could hold the size, MemoryError when this machine
    could not, OSError when the system refuses.  `descriptor` is given only when the memory exists
    already, in a process that received it.
    """

    __slots__ = ("__weakref__", "descriptor", "memory", "size")

    def __init__(self, size: int, descriptor: int | None = None) -> None:
        self.descriptor = -1
        self.size = size
        self.descriptor = _create(size) if descriptor is None else descriptor
        # 3.13 can map without keeping a second descriptor for the same file.
        options: dict[str, Any] = {"trackfd": False} if sys.version_info >= (3, 13) else {}
        self.memory = mmap.mmap(self.descriptor, size, **options)

    def __del__(self, _close: Callable[[int], None] = os.close) -> None:
        # `os` may be gone already when the interpreter shuts down, hence the default argument.
        if self.descriptor != -1:
            _close(self.descriptor)
            self.descriptor = -1

    def __reduce__(self) -> tuple[Any, ...]:
        # One pickle holds each arena once, so that a child gets one descriptor for all the objects
        # in it: the forkserver passes no more than 256.
        return _receive, (self.size, reduction.DupFd(self.descriptor))


def _receive(size: int, duplicate: Any) -> Arena:
    descriptor = duplicate.detach()
    # It had to survive one exec to come here; left so, it would leak into every program run later.
    os.set_inheritable(descriptor, False)
    return Arena(size, descriptor)


def _create(size: int) -> int:
    if size > sys.maxsize:
        raise OverflowError(f"{size} bytes are more than an address can count")
    if size > _physical_memory():
        # Asked for that much, an overcommitting system starts to hand out pages until it has to
        # kill somebody, rather than say no.
        raise MemoryError(f"{size} bytes of shared memory are more than this machine has")
    descriptor = _nameless_file()
    try:
        os.ftruncate(descriptor, size)
        _occupy(descriptor, size)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _physical_memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return sys.maxsize


def _nameless_file() -> int:
    try:
        return os.memfd_create("sharedctypes")
    except (AttributeError, OSError):
        pass  # not Linux, or a sandbox that forbids it
    directory = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None  # noqa: S108
    descriptor, name = tempfile.mkstemp(prefix="sharedctypes-", dir=directory)
    os.unlink(name)
    return descriptor


def _occupy(descriptor: int, size: int) -> None:
    """Make the file's pages exist, or raise OSError.

    A file that was only given a length gets its pages on first touch, and when there is none left
    then, the process dies by SIGBUS in the middle of an assignment.
    """
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
