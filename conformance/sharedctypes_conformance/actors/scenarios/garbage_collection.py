"""Objects that are made while the garbage collector lets others go.

It runs where it likes, in the middle of a making too, and calls what the backend has it call when
an object goes.
"""

from __future__ import annotations

import gc
import importlib
import time
from collections import deque
from typing import Any

from ..runtime import processes

_TURNS = 4_000
# Less than what the stage waits for an actor: a slow machine takes fewer turns.
_SECONDS = 1.5
_LIVE = 50
# How many containers are made before the collector looks for cycles.
_OFTEN = 7


def spoilt_amid_collections(backend: str) -> tuple[int, int]:
    """Make objects and drop some of them in cycles, with a collector that runs often.

    Return how many turns there were, and how many of the objects that were kept for a while did not
    keep their numbers. It does not return where a making does not.
    """
    module = importlib.import_module(backend)
    # Given to all wrappers, for locks have memory of the system, which is not looked at here.
    lock = processes.new_lock("RLock")
    live: deque[Any] = deque()
    turns = spoilt = 0
    until = time.monotonic() + _SECONDS
    tunable = hasattr(gc, "set_threshold")
    before = gc.get_threshold() if tunable else ()
    if tunable:
        gc.set_threshold(_OFTEN)
    try:
        while turns < _TURNS and time.monotonic() < until:
            # So that it does not always come to the same place of a making.
            _others: list[Any] = [[] for _ in range(turns % 11)]
            live.append((turns, *_made(module, lock, turns)))
            dropped: list[Any] = [*_made(module, lock, -turns)]
            dropped.append(dropped)
            if len(live) > _LIVE:
                spoilt += not _is_whole(*live.popleft())
            turns += 1
    finally:
        if tunable:
            gc.set_threshold(*before)
    return turns, spoilt + sum(not _is_whole(*kept) for kept in live)


def _made(module: Any, lock: Any, number: int) -> tuple[Any, Any, Any]:
    length = 1 + number % 5
    wrapper = module.synchronized(module.RawValue("i", number), lock)
    return module.RawValue("i", number), module.RawArray("i", [number] * length), wrapper


def _is_whole(number: int, value: Any, array: Any, wrapper: Any) -> bool:
    return {value.value, *array, wrapper.value} == {number}
