"""A lock for when its holder dies: who acquires it next is told, and nobody waits for ever.

    from sharedctypes_reference import Value
    from sharedctypes_reference.robust import HolderDied, RobustLock

    counter = Value("i", 0, lock=RobustLock())     # of any backend
    try:
        with counter:
            counter.value += 1
    except HolderDied:
        with counter.get_lock().repairing():
            counter.value = 0

The lock is a robust mutex of POSIX: the kernel knows which thread has it, and when that thread or
its process ends, however it ends, gives it to the next one with a notice.  What the lock protects
may be half written then.  So from then on whoever acquires it gets HolderDied, until somebody has
left a block of `repairing()` without an exception.

It takes some ten times as long as an `RLock` to acquire and release, since it is Python that calls
the mutex by ctypes.  For the same reason an interrupt where a block ends may leave the lock held by
a process that lives on; an `RLock` has C code there.  Waiting for a mutex is not ended by a signal:
it is interrupted ten times a second for handlers to run.  It needs a system that has robust
mutexes, such as Linux.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from ._sharing import new

_SHARED, _RECURSIVE, _ROBUST = 1, 1, 1
_MOMENT = 0.1  # seconds until handlers of signals are looked for

# Waiting lets other threads run; what returns at once does not.
_waiting, _prompt = ctypes.CDLL(None), ctypes.PyDLL(None)


class HolderDied(RuntimeError):
    """A holder of the lock died, and nobody has said yet that what it protects is repaired.

    The lock is not held by whoever gets this exception.
    """


class _Memory(ctypes.Structure):
    # No system's mutexes are larger, or need more than this alignment.
    _fields_ = (("mutex", ctypes.c_longlong * 16), ("needs_repair", ctypes.c_int))


class _Timespec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class RobustLock:
    """A recursive lock with the methods of `multiprocessing.RLock`, which survives its holder.

    Raises OSError where the system has no robust mutexes.
    """

    __slots__ = ("__weakref__", "_memory", "_mutex")

    def __init__(self) -> None:
        memory = new(_Memory)
        attributes = ctypes.byref(ctypes.create_string_buffer(64))
        mutex = ctypes.byref(memory.mutex)
        try:
            _expect(_prompt.pthread_mutexattr_init(attributes))
            _expect(_prompt.pthread_mutexattr_setpshared(attributes, _SHARED))
            _expect(_prompt.pthread_mutexattr_settype(attributes, _RECURSIVE))
            _expect(_prompt.pthread_mutexattr_setrobust(attributes, _ROBUST))
            _expect(_prompt.pthread_mutex_init(mutex, attributes))
        except AttributeError:
            raise OSError(errno.ENOSYS, "this system has no robust mutexes") from None
        self._open(memory)

    def _open(self, memory: Any) -> None:
        self._memory = memory
        self._mutex = ctypes.byref(memory.mutex)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Acquire the lock and return True, or return False if that takes too long.

        Raises HolderDied, without the lock, if a holder died and nothing was repaired since.
        """
        if not self._take(block, timeout):
            return False
        if self._memory.needs_repair:
            _prompt.pthread_mutex_unlock(self._mutex)
            raise HolderDied("a process or thread died while it had the lock")
        return True

    def release(self) -> None:
        """Release the lock; raises AssertionError if this thread does not have it."""
        if _prompt.pthread_mutex_unlock(self._mutex):
            raise AssertionError("attempt to release recursive lock not owned by thread")

    __enter__ = acquire

    def __exit__(self, *_what: object) -> None:
        self.release()

    @contextlib.contextmanager
    def repairing(self) -> Iterator[None]:
        """Acquire the lock for a block that repairs what it protects, whether a holder died or not.

        When the block has ended without an exception, the lock is as before the death.
        """
        self._take(True, None)
        try:
            yield
            self._memory.needs_repair = 0
        finally:
            self.release()

    def _take(self, block: bool, timeout: float | None) -> bool:
        if self._is_taken_by(_prompt.pthread_mutex_trylock):
            return True
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while block:
            seconds = min(_MOMENT, until - time.monotonic())
            if seconds <= 0:
                return False
            second, rest = divmod(time.time_ns() + int(seconds * 10**9), 10**9)
            moment = ctypes.byref(_Timespec(second, rest))
            if self._is_taken_by(_waiting.pthread_mutex_timedlock, moment):
                return True
        return False

    def _is_taken_by(self, function: Callable[..., int], *args: Any) -> bool:
        try:
            status = function(self._mutex, *args)
            if status == errno.EOWNERDEAD:
                self._memory.needs_repair = 1
                _prompt.pthread_mutex_consistent(self._mutex)
        except BaseException:
            # A signal handler raised when a call was over. If the lock is this thread's, it is by
            # this call: who has it already does not wait. Else it is not, and this does nothing.
            if not _prompt.pthread_mutex_consistent(self._mutex):
                self._memory.needs_repair = 1
            _prompt.pthread_mutex_unlock(self._mutex)
            raise
        if status in (errno.EBUSY, errno.ETIMEDOUT):
            return False
        if status != errno.EOWNERDEAD:
            _expect(status)
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        return _opened, (self._memory,)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def _opened(memory: Any) -> RobustLock:
    lock = RobustLock.__new__(RobustLock)
    lock._open(memory)
    return lock


def _expect(status: int) -> None:
    if status:
        raise OSError(status, os.strerror(status))
