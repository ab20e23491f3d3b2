"""Locks that offer little: some lack a method, some are other locks behind nothing but methods."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

from ..runtime import processes
from ..threads.other_thread import OtherThread


class AcquireOnly:
    """A lock that cannot be released."""

    def acquire(self) -> bool:
        """Pretend to acquire the lock."""
        return True


class WithoutWith(AcquireOnly):
    """A lock that a `with` statement does not accept."""

    def release(self) -> None:
        """Pretend to release the lock."""


def delegate_methods(lock: Any, other: Any) -> None:
    """Put the methods of `other` on the object `lock`."""
    lock.acquire, lock.release = other.acquire, other.release


def are_one(lock: Any, other: Any) -> bool:
    """Return whether two free locks are one: while the first is held, the second is too."""
    if lock is other:
        return True
    with OtherThread() as thread:
        lock.acquire()
        while_held = thread.can_acquire(other)
        lock.release()
        return not while_held and thread.can_acquire(other)


def is_kept_by_wrapper(value: Callable[..., Any], kind: str) -> bool:
    """Return whether a wrapper has the lock that it was given when nobody else has it."""
    lock = processes.new_lock(kind)
    reference = weakref.ref(lock)
    wrapper = value("i", 5, lock=lock)
    del lock
    gc.collect()
    kept = reference()
    return kept is not None and wrapper.get_lock() is kept


class LockByMethods:
    """Any lock behind nothing but the methods of a lock."""

    def __init__(self, lock: Any) -> None:
        self._lock = lock

    def acquire(self, *how: Any, **how_long: Any) -> bool:
        """Acquire the lock; return whether it was acquired."""
        acquired: bool = self._lock.acquire(*how, **how_long)
        return acquired

    def release(self) -> None:
        """Release the lock."""
        self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()


class DuckLock(LockByMethods):
    """A lock of `threading`."""

    def __init__(self) -> None:
        super().__init__(threading.Lock())


class OwnLock(LockByMethods):
    """A user's lock: a Lock of the backend's context.

    It reaches a child as any object does, by inheritance.
    """

    def __init__(self) -> None:
        super().__init__(processes.new_lock("Lock"))


class OwnRLock(LockByMethods):
    """A user's recursive lock: an RLock of the backend's context."""

    def __init__(self) -> None:
        super().__init__(processes.new_lock("RLock"))
