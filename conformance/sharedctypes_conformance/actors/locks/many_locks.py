"""The default locks of many objects that are alive at the same time."""

from __future__ import annotations

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
    """Construct so many objects, hold the lock of a few in turn, and try to acquire all others."""
    objects = _objects(importlib.import_module(backend), count)
    last = len(objects) - 1
    for held in (0, last // 3, last):
        with objects[held].get_lock():
            others = in_a_thread(partial(_not_free, objects, held))
        if others:
            return HeldTogether(len(objects), held, others)
    return HeldTogether(len(objects), 0, [])


def _objects(module: Any, count: int) -> list[Any]:
    """Return objects; fewer if the system allows no more, since no number is promised."""
    makers = (
        lambda: module.Value("i", 7),
        lambda: module.Array("h", 2),
        lambda: module.synchronized(module.RawValue("d", 2.5)),
    )
    objects: list[Any] = []
    try:
        while len(objects) < count:
            objects.append(makers[len(objects) % len(makers)]())
    except OSError as problem:
        if problem.errno not in resources.NO_MORE or not objects:
            raise
    return objects


def _not_free(objects: list[Any], held: int) -> list[int]:
    taken = []
    for number, one in enumerate(objects):
        if number == held:
            continue
        lock = one.get_lock()
        if lock.acquire(False):
            lock.release()
        else:
            taken.append(number)
    return taken
