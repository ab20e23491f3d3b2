"""Threads of an actor's process that are not actors themselves: they do one thing and end."""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from time import sleep
from types import FrameType
from typing import Any

from ..runtime.marks import long_running


def at_once(*functions: Callable[[], Any], within: float | None = None) -> list[Any]:
    """Call each function in a new thread; return what they returned when all threads have ended.

    Raises the first exception that one of them raised, and TimeoutError if one has not ended
    `within` so many seconds.
    """
    returned: list[Any] = [None] * len(functions)
    raised: list[BaseException] = []

    def run(place: int) -> None:
        try:
            returned[place] = functions[place]()
        except BaseException as problem:  # it is raised again below
            raised.append(problem)

    threads = [
        threading.Thread(target=run, args=(place,), daemon=True) for place in range(len(functions))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(within)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError(f"a thread has not ended within {within} s")
    if raised:
        raise raised[0]
    return returned


def in_a_thread(function: Callable[[], Any], within: float | None = None) -> Any:
    """Call a function in a new thread, and return what it returned; raises like `at_once`."""
    return at_once(function, within=within)[0]


@contextlib.contextmanager
def switching_every(seconds: float) -> Iterator[None]:
    """Have the interpreter switch between threads that often during a block."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextlib.contextmanager
def switching_at_each_line() -> Iterator[None]:
    """Let other threads run at each line of Python that this thread runs during a block.

    A switch interval leaves it to chance whether a switch falls between two lines of a backend,
    such as a look for an attribute and its creation.
    """

    def let_others_run(_frame: FrameType, _event: str, _arg: Any) -> Any:
        sleep(0)
        return let_others_run

    before = sys.gettrace()
    sys.settrace(let_others_run)
    try:
        yield
    finally:
        sys.settrace(before)


def try_lock(lock: Any) -> bool:
    """Acquire a lock without waiting, and release it again; return whether it was acquired."""
    acquired = bool(lock.acquire(False))
    if acquired:
        lock.release()
    return acquired


@long_running
def make_in_a_thread(
    calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]],
) -> list[Any]:
    """Make objects in a new thread; return them when it has ended."""
    made: list[Any] = in_a_thread(lambda: [make(*args) for make, args in calls])
    return made


@long_running
def raw_access_at_once(
    raw_value: Callable[..., Any], raw_array: Callable[..., Any], times: int
) -> dict[str, bool]:
    """Access raw objects by several threads without a lock; return what was seen.

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
