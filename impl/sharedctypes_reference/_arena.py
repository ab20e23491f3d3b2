"""Arenas: stretches of anonymous shared memory, each held by one descriptor.

The story: an arena is a file without a name.  It is created, its pages are seen to (`_pages`), and
it is mapped.  Its descriptor travels to spawned children, who map the same file; forked children
inherit the mapping.  When the last reference goes, the descriptor is closed and the pages with it:
there is no name that could stay behind, whatever kills the process.

A program may close the descriptor, with all others.  The memory stays where it is mapped, here and
in forked children, but cannot be given to anybody else: there is no way back from a mapping to a
descriptor that is open to all users.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import reduction
from typing import Any

from . import _pages
from ._descriptors import File, file_of, still_is


class Arena:
    """Shared memory of `size` bytes, zero-filled.

    Raises OverflowError when no address space could hold the size, MemoryError when this machine
    could not, OSError when the system refuses.  `received` is given only when the memory exists
    already, in a process that received it: the descriptor and its file.
    """

    __slots__ = ("__weakref__", "descriptor", "file", "memory", "size")

    def __init__(self, size: int, received: tuple[int, File] | None = None) -> None:
        self.descriptor = -1
        self.file: File | None = None
        self.size = size
        self.descriptor, self.file = _create(size) if received is None else received
        self.memory = _map(self.descriptor, size)
        if received is None:
            _pages.note(self)

    def __del__(
        self,
        _is: Callable[[int, File | None], bool] = still_is,
        _close: Callable[[int], None] = os.close,
    ) -> None:
        # `os` may be gone already when the interpreter shuts down, hence the default arguments; and
        # an interrupt may have come before `__init__` had begun.
        descriptor = getattr(self, "descriptor", -1)
        if descriptor != -1 and _is(descriptor, self.file):
            _close(descriptor)
        self.descriptor = -1

    def __reduce__(self) -> tuple[Any, ...]:
        # One pickle holds each arena once, so that a child gets one descriptor for all the objects
        # in it: the forkserver passes no more than 256.
        if not self.can_be_given():
            raise OSError(
                errno.EBADF,
                "The descriptor of this shared memory has been closed, so that only this process"
                " and forked ones can use it: objects for others have to be made anew",
            )
        return _receive, (self.size, self.file, reduction.DupFd(self.descriptor))

    def can_be_given(self) -> bool:
        """Tell whether a process that is not forked from this one can get the memory."""
        return still_is(self.descriptor, self.file)


def _receive(size: int, file: File, duplicate: Any) -> Arena:
    descriptor = duplicate.detach()
    if not still_is(descriptor, file):
        # The main module is imported before, and may close what it does not know.
        raise OSError(
            errno.EBADF,
            "The descriptor of shared memory for this process was closed before it was received",
        )
    # It had to survive one exec to come here; left so, it would leak into every program run later.
    os.set_inheritable(descriptor, False)
    return Arena(size, (descriptor, file))


if sys.version_info >= (3, 13):

    def _map(descriptor: int, size: int) -> mmap.mmap:
        # By default it keeps a duplicate, which it closes by its number, whatever that is by then.
        return mmap.mmap(descriptor, size, trackfd=False)

else:
    _MAP_FIXED = 0x10  # missing in `mmap`
    _mmap = ctypes.CDLL(None, use_errno=True).mmap
    _mmap.restype = ctypes.c_void_p
    _mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]

    def _map(descriptor: int, size: int) -> mmap.mmap:
        # Of a file it would keep a duplicate, and close it by its number, whatever that is by then.
        # So it maps memory without a file, and the file is put in its place.
        memory = mmap.mmap(-1, size)
        address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        protection = mmap.PROT_READ | mmap.PROT_WRITE
        flags = mmap.MAP_SHARED | _MAP_FIXED
        if _mmap(address, size, protection, flags, descriptor, 0) != address:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error))
        return memory


def _create(size: int) -> tuple[int, File]:
    if size > sys.maxsize:
        raise OverflowError(f"{size} bytes are more than an address can count")
    _pages.expect_memory(size)
    descriptor, is_memory = _nameless_file()
    try:
        os.ftruncate(descriptor, size)
        if not is_memory or not _pages.may_wait(size):
            _pages.occupy(descriptor, size)
        return descriptor, file_of(descriptor)
    except BaseException:
        os.close(descriptor)
        raise


def _nameless_file() -> tuple[int, bool]:
    """Return the descriptor of a file, and whether memory is all that it can run out of."""
    try:
        return os.memfd_create("sharedctypes"), True
    except (AttributeError, OSError):
        pass  # not Linux, or a sandbox that forbids it
    directory = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None  # noqa: S108
    descriptor, name = tempfile.mkstemp(prefix="sharedctypes-", dir=directory)
    os.unlink(name)
    return descriptor, False
