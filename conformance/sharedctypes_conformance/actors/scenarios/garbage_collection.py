"""Objects that are constructed while the garbage collector frees others.

It runs at any time, in the middle of a construction too, and calls what the backend registered for
the end of an object.
"""

from __future__ import annotations

import gc
import importlib
import time
from collections import deque
from typing import Any, NamedTuple

from .. import patience
from ..runtime import processes
from ..runtime.records import record

_LIVE = 50
# How many containers are made before the collector looks for cycles.
_OFTEN = 7


@record
class ConstructedAmidCollections(NamedTuple):
    """How many rounds there were, and in how many of them objects lost their numbers."""

    rounds: int
    corrupted: int


def construct_amid_collections(backend: str, most: int) -> ConstructedAmidCollections:
    """Construct objects and drop some of them in cycles, with a collector that runs often.

    It does so in so many rounds at `most`, and in fewer if they take long.

    It does not return where a construction does not.
    """
    module = importlib.import_module(backend)
    # Given to all wrappers, for locks have memory of the system, which is not looked at here.
    lock = processes.new_lock("RLock")
    live: deque[Any] = deque()
    rounds = corrupted = 0
    until = time.monotonic() + patience.INTERRUPTED_LOOP
    tunable = hasattr(gc, "set_threshold")
    before = gc.get_threshold() if tunable else ()
    if tunable:
        gc.set_threshold(_OFTEN)
    try:
        while rounds < most and time.monotonic() < until:
            # So that it does not always run at the same place of a construction.
            _others: list[Any] = [[] for _ in range(rounds % 11)]
            live.append((rounds, *_made(module, lock, rounds)))
            dropped: list[Any] = [*_made(module, lock, -rounds)]
            dropped.append(dropped)
            if len(live) > _LIVE:
                corrupted += not _is_whole(*live.popleft())
            rounds += 1
    finally:
        if tunable:
            gc.set_threshold(*before)
    corrupted += sum(not _is_whole(*objects) for objects in live)
    return ConstructedAmidCollections(rounds, corrupted)


def _made(module: Any, lock: Any, number: int) -> tuple[Any, Any, Any]:
    length = 1 + number % 5
    wrapper = module.synchronized(module.RawValue("i", number), lock)
    return module.RawValue("i", number), module.RawArray("i", [number] * length), wrapper


def _is_whole(number: int, value: Any, array: Any, wrapper: Any) -> bool:
    return {value.value, *array, wrapper.value} == {number}
