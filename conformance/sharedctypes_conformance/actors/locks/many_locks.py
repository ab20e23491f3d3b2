"""The default locks of many objects that are alive at the same time."""

from __future__ import annotations

import contextlib
import importlib
from functools import partial
from typing import Any, NamedTuple

from ..runtime.marks import long_running
from ..runtime.records import record
from ..system import resources
from ..threads.helpers import in_a_thread


@record
class HeldTogether(NamedTuple):
    """How many objects there were, and which others could not be locked while one was: by number.

    Objects are numbered in the order in which they were constructed.
    """

    objects: int
    held: int
    others: list[int]


@long_running
def held_together(backend: str, count: int) -> HeldTogether:
    """Construct so many objects, hold the locks of some, and try to acquire all others.

    Of every second object only the lock is kept. Those that are held have a bit set in their
    number: each bit in turn, so that each two locks are in different halves at least once.
    """
    made = _objects_and_locks(importlib.import_module(backend), count)
    locks = [lock for _, lock in made]
    for bit in range(len(locks).bit_length()):
        held = [number for number in range(len(locks)) if number >> bit & 1]
        others = _not_free_while(locks, held)
        for one in held if others else ():
            alone = _not_free_while(locks, [one])
            if alone:
                return HeldTogether(len(locks), one, alone)
    return HeldTogether(len(locks), 0, [])


def _not_free_while(locks: list[Any], held: list[int]) -> list[int]:
    """Return the numbers of the other locks that are not free while some are held."""
    with contextlib.ExitStack() as stack:
        for number in held:
            locks[number].acquire()
            stack.callback(locks[number].release)
        others: list[int] = in_a_thread(partial(_not_free, locks, set(held)))
    return others


def _objects_and_locks(module: Any, count: int) -> list[tuple[Any, Any]]:
    """Return objects, or None, and their locks; fewer if the system allows no more.

    No number is promised.
    """
    makers = (
        lambda: module.Value("i", 7),
        lambda: module.Array("h", 2),
        lambda: module.synchronized(module.RawValue("d", 2.5)),
    )
    objects: list[tuple[Any, Any]] = []
    try:
        while len(objects) < count:
            obj = makers[len(objects) % len(makers)]()
            lock = obj.get_lock()
            if len(objects) % 2:
                obj = None
            objects.append((obj, lock))
    except OSError as problem:
        if problem.errno not in resources.NO_MORE or not objects:
            raise
    return objects


def _not_free(locks: list[Any], held: set[int]) -> list[int]:
    taken = []
    for number, lock in enumerate(locks):
        if number in held:
            continue
        if lock.acquire(False):
            lock.release()
        else:
            taken.append(number)
    return taken
