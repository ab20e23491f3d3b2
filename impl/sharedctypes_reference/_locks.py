"""Default locks: each an ordinary `multiprocessing.RLock`, whose semaphore is where objects are.

The story: `RLock()` has the system make a semaphore with a name, which takes most of the time that
`Value()` takes, and a mapping of a page for each: at 65 000 locks there are no more to be had.  A
semaphore can also be made in memory that is shared already: `Value()` takes a fifth of the time,
and there are as many locks as there is memory.

The C object that `RLock` works with can be made for any semaphore, and it is all that is different
about these locks: their class, their methods and what they do are those of `multiprocessing`.  It
refers to the semaphore's memory, since a program may keep only `lock.acquire`.

It is done with glibc on Linux, where closing a semaphore without a name, which the C object does in
the end, is known to do nothing.  Elsewhere, and for contexts that have locks of their own, the
context makes the lock.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
from multiprocessing import context, synchronize, util
from typing import Any

from . import _leases
from ._first_lock import new_rlock
from ._sharing import new

_RECURSIVE = 0  # the kind of an `RLock`
_SEMAPHORE = ctypes.c_long * 4  # a `sem_t` of glibc

_make_default = multiprocessing.RLock


def _can_be_shared() -> bool:
    """Tell whether semaphores can be made in memory of ours."""
    if sys.implementation.name != "cpython" or not sys.platform.startswith("linux"):
        return False
    try:
        return "glibc" in (os.confstr("CS_GNU_LIBC_VERSION") or "")
    except (ValueError, OSError):
        return False


def new_lock(ctx: Any) -> Any:
    """Return a new `RLock` of a context, or of the default one if it is None."""
    if ctx is None:
        standard = multiprocessing.RLock == _make_default
    else:
        standard = getattr(type(ctx), "RLock", None) is context.BaseContext.RLock
    if not (_shared and standard):
        return new_rlock(ctx)
    semaphore = new(_SEMAPHORE)
    if _sem_init(ctypes.addressof(semaphore), 1, 1):
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return _lock_of(semaphore)


def check_sendable(lock: Any) -> None:
    """Raise RuntimeError for a lock of `multiprocessing` that only a forked process can inherit.

    Before 3.11.5 the lock itself sends an address then, and the child is killed at its first use.
    """
    inner = getattr(lock, "_semlock", None)
    by_address = isinstance(lock, synchronize.SemLock) and getattr(inner, "name", "") is None
    if by_address and "__reduce_ex__" not in vars(lock):
        raise RuntimeError("a lock of the fork context cannot be passed to a spawned process")


_shared = _can_be_shared()

if _shared:
    _sem_init = ctypes.CDLL(None, use_errno=True).sem_init
    _sem_init.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint]

    class _SemLock(synchronize._multiprocessing.SemLock):  # type: ignore
        """What an `RLock` works with, and the memory of its semaphore."""

        __slots__ = ("memory",)

        def reduce(self, _protocol: int = 0) -> tuple[Any, ...]:
            """Reduce the `RLock`, as its `__reduce_ex__`. Raises RuntimeError unless spawning."""
            _leases.check_spawning("RLock")
            return _lock_of, (self.memory,)


def _lock_of(semaphore: Any) -> Any:
    """Return an `RLock` that has its semaphore there, made as `RLock()` makes one."""
    address = ctypes.addressof(semaphore)
    inner = _SemLock._rebuild(address, _RECURSIVE, 1, None)
    inner.memory = semaphore
    lock: Any = synchronize.RLock.__new__(synchronize.RLock)
    lock._semlock = inner
    lock._is_fork_ctx = False
    lock._make_methods()
    # The instance is asked before the class, which would send an address to another process.
    lock.__reduce_ex__ = inner.reduce
    util.register_after_fork(lock, _after_fork)
    return lock


def _after_fork(lock: Any) -> None:
    lock._semlock._after_fork()
