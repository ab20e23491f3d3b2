"""Threads of an actor's process that are no actors themselves: they do one thing and end."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from ..runtime.parts import assign_at, read_at


def in_a_thread(function: Callable[[], Any]) -> Any:
    """Call a function in a new thread; when that has ended, return or raise what the call did."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.extend([True, function()])
        except BaseException as raised:  # it is raised again below
            outcome.extend([False, raised])

    at_once(run)
    if not outcome[0]:
        raise outcome[1]
    return outcome[1]


def make_in_a_thread(
    calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]],
) -> list[Any]:
    """Make objects in a new thread; return them when it has ended."""
    made: list[Any] = in_a_thread(lambda: [make(*args) for make, args in calls])
    return made


def at_once(*runs: Callable[[], None]) -> None:
    """Run each in a thread of its own, and wait for their ends."""
    threads = [threading.Thread(target=run, daemon=True) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def locked_increments(
    wrapper: Any, path: Sequence[Any], by_wrapper: bool, threads: int, times: int
) -> None:
    """Add one to what is at the end of a path, in several threads, `times` times in each of them.

    It is done under `with wrapper:` or `with wrapper.get_lock():`. Between reading and writing the
    thread pauses: without exclusion another one gets in there, and its increment is lost.
    """

    def run() -> None:
        for _ in range(times):
            with wrapper if by_wrapper else wrapper.get_lock():
                read = read_at(wrapper, path)
                time.sleep(1e-6)
                assign_at(wrapper, path, read + 1)

    at_once(*[run] * threads)


def raw_access_at_once(
    raw_value: Callable[..., Any], raw_array: Callable[..., Any], times: int
) -> dict[str, bool]:
    """Access raw objects by several threads without a lock; return what came of it.

    Two threads write two values into one object, of which a third reads; and two threads count in
    two elements side by side.
    """
    number, counters = raw_value(ctypes.c_ulonglong, 0), raw_array(ctypes.c_ubyte, 2)
    read: set[int] = set()

    def write(value: int) -> None:
        for _ in range(times):
            number.value = value

    def read_all() -> None:
        for _ in range(times):
            read.add(number.value)

    def count(place: int) -> None:
        for _ in range(times):
            counters[place] = (counters[place] + 1) % 256

    most = 2**64 - 1
    at_once(lambda: write(0), lambda: write(most), read_all, lambda: count(0), lambda: count(1))
    return {
        "interpreter lock": getattr(sys, "_is_gil_enabled", lambda: True)(),
        "torn reads": not read <= {0, most},
        "neighbours keep apart": list(counters) == [times % 256] * 2,
    }
