"""Leases: an object passed to a spawned child lives as long as that child.

The documentation promises ("Programming guidelines", on joining and on explicit passing) that an
object given to `Process` is not collected in the parent while the child is alive.  `Process.start`
drops its arguments, though, as soon as they are pickled.  Three things would go wrong then, and
this module is where they are prevented:

* The lock's semaphore is unlinked when the parent's lock dies, and the child, which opens it by
  name, finds nothing.  So whatever is pickled for a child is kept by the parent: `keep`.
* The object's block is given to somebody else while the child uses it, or a child of its own to
  whom it has handed the object on.  So a lifeline goes with what is pickled: see `_lifelines`.
* At the end of the program the parent unlinks its semaphores first and waits for its children
  afterwards, so that a child just started never sees them.  So every child counts what it has
  unpickled, in shared memory, and the parent waits for those counts before anything is unlinked.

A lease ends when `multiprocessing` has noted the child's end (`join`, `is_alive`, `exitcode`,
`active_children`, or the next `start`) and the next object is passed or the process object dies.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import weakref
from collections.abc import Callable
from multiprocessing import context, util
from typing import Any

from ._heap import heap
from ._lifelines import Lifeline

# Before the pools' finalizers (15) and the semaphores' (0): it must find both still there.
_EXIT_PRIORITY = 20


class Lease:
    """What one spawned child was given, and of the wrappers among it, how many it has taken."""

    __slots__ = ("counter", "expected", "kept", "lifeline")

    def __init__(self, lifeline: Lifeline) -> None:
        self.lifeline = lifeline
        self.kept: list[object] = []
        self.expected = 0
        self.counter: ctypes.c_size_t | None = None

    def all_taken(self) -> bool:
        """Tell whether the child has opened every semaphore that it was given the name of."""
        return self.counter is None or self.counter.value >= self.expected


# By the launched process, weakly: one that could not be started must not leave its lease behind.
_leases: weakref.WeakKeyDictionary[Any, Lease] = weakref.WeakKeyDictionary()
_waits_at_exit: set[int] = set()


def is_spawning() -> bool:
    """Tell whether what is pickled now goes to a child that is being spawned."""
    return context.get_spawning_popen() is not None


def check_spawning(name: str) -> None:
    """Raise RuntimeError unless a child is being spawned. `name` is the class of the object."""
    if not is_spawning():
        raise RuntimeError(
            f"{name} objects should only be shared between processes through inheritance"
        )


def keep(thing: object) -> Lease:
    """Keep `thing` alive for the child that is being spawned."""
    popen = context.get_spawning_popen()
    lease = _leases.get(popen)
    if lease is None:
        for reference in _leases.keyrefs():
            other = reference()
            if other is not None and other.returncode is not None:
                _leases.pop(other, None)
        lease = _leases[popen] = Lease(heap.before_spawn(popen))
    lease.kept.append(thing)
    return lease


def keep_counted(thing: object, new_counter: Callable[[], ctypes.c_size_t]) -> ctypes.c_size_t:
    """Keep `thing`, which has a semaphore, and return a shared counter to send along with it.

    The child must call `taken` with the counter once it has rebuilt the thing.
    """
    lease = keep(thing)
    if lease.counter is None:
        lease.counter = new_counter()
    lease.expected += 1
    # Once in each process that starts others: a child does not inherit its parent's finalizers.
    if os.getpid() not in _waits_at_exit:
        _waits_at_exit.add(os.getpid())
        util.Finalize(None, _wait_for_takers, exitpriority=_EXIT_PRIORITY)
    return lease.counter


def taken(counter: ctypes.c_size_t) -> None:
    """Tell the parent that one more of its wrappers has arrived.

    A child unpickles in one thread, and it alone writes here: no lock is needed.
    """
    counter.value += 1


def _wait_for_takers() -> None:
    for process in multiprocessing.active_children():
        lease = _leases.get(getattr(process, "_popen", None))
        # A daemonic child is terminated in a moment, whether it has got its arguments or not.
        while lease is not None and not process.daemon and not lease.all_taken():
            process.join(0.01)
            if process.exitcode is not None:
                break


os.register_at_fork(after_in_child=_leases.clear)
