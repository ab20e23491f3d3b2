"""Processes that end where they should not, and what is left to those who go on.

What a child reached is told through a raw object, which needs no lock: locks are what is at stake.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from ..runtime import processes
from ..runtime.marks import long_running
from ..system import leaked_names as left_names
from ..system import process_states as states

# For anything that should happen at once. Less than what the stage waits for an actor.
BOUND = 5
_HELD = 1


def _started(target: Callable[..., None], *args: Any) -> Any:
    process = processes.context().Process(target=target, args=args)
    process.start()
    return process


def _came(process: Any, mark: Any) -> bool:
    """Return whether a child wrote into a raw value what says that it has come so far."""
    until = time.monotonic() + BOUND
    while mark.value != _HELD and time.monotonic() < until and process.exitcode is None:
        time.sleep(0.002)  # a raw object wakes nobody: it is looked at again
    return bool(mark.value == _HELD)


def _kill(process: Any) -> Any:
    """Kill a child; return its exit code, None if it has none within the bound.

    It may have been in the middle of a making: what only it could have removed goes with it.
    """
    if process.exitcode is None:
        # The forkserver reaps its children at once: it may have gone in between.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGSTOP)
            theirs = left_names.of_stopped([process.pid])
            os.kill(process.pid, signal.SIGKILL)
            process.join(BOUND)
            left_names.remove(theirs)
    return process.exitcode


def _end_of(process: Any) -> Any:
    """Wait for a child; return its exit code, None if it does not end and had to be killed."""
    code = processes.code_of(process)
    if code is None:
        _kill(process)
    return code


def _sleeps(process: Any) -> bool:
    """Return whether a child comes to sleep, and stays asleep for a while."""
    return states.fall_asleep(BOUND, lambda: [process.pid])


def _hold(wrapper: Any, mark: Any, how: str) -> None:
    wrapper.acquire()
    mark.value = _HELD
    if how == "os._exit":
        os._exit(0)
    time.sleep(60)  # until it is killed


@long_running
def left_by_a_killed_holder(
    make: Callable[..., Any], make_raw: Callable[..., Any], how: str
) -> dict[str, Any]:
    """Kill a child that holds the lock of a value, or have it call os._exit; return what is left.

    That is what others see of the value, and of the rest. Nothing if the child did not come to
    hold the lock.
    """
    held, other, mark = make("i", 7), make("i", 8), make_raw("i", 0)
    process = _started(_hold, held, mark, how)
    if not _came(process, mark):
        _kill(process)
        return {}
    if how == "os._exit":
        process.join(BOUND)
    _kill(process)
    seen = make_raw(ctypes.c_int * len(_TRIES))
    ended = _end_of(_started(_try_all, held, other, seen))
    return {
        "in the parent": _tries(held, other, make),
        "the next child's exit code": ended,
        "in the next child": dict(zip(_TRIES, map(bool, seen))),
    }


def _try_all(held: Any, other: Any, seen: Any) -> None:
    for place, came in enumerate(_tries(held, other, None).values()):
        seen[place] = came


# What is tried; each is True if it is as it has to be.
_TRIES = ("tries end", "the object is read", "the other lock is free", "new objects work")


def _tries(held: Any, other: Any, make: Any) -> dict[str, bool]:
    lock_is = [held.acquire(False), held.acquire(True, 0.05)]
    for _ in filter(None, lock_is):
        held.release()
    held.get_obj().value += 1
    free = other.acquire(False)
    if free:
        other.release()
    works = True
    if make is not None:
        new = make("i", 9)
        works = bool(new.acquire(True, BOUND / 5))
        if works:
            new.value += 1
            works = new.value == 10
            new.release()
    answers = [
        all(came in (True, False) for came in lock_is),
        held.get_obj().value > 7,
        bool(free),
        works,
    ]
    return dict(zip(_TRIES, answers))


@long_running
def lock_of_a_killed_holder(make: Callable[..., Any], make_raw: Callable[..., Any]) -> str:
    """Kill a child that holds the lock of a value; return what has become of the lock."""
    held, mark = make("i", 7), make_raw("i", 0)
    process = _started(_hold, held, mark, "SIGKILL")
    came = _came(process, mark)
    _kill(process)
    if not came:
        return "the child did not come to hold it"
    return "it is free" if held.acquire(True, 0.5) else "nobody can have it any more"


# Who is killed while it waits.


def _wait(wrapper: Any, mark: Any) -> None:
    mark.value = _HELD
    wrapper.acquire()
    wrapper.release()


@long_running
def left_by_a_killed_waiter(make: Callable[..., Any], make_raw: Callable[..., Any]) -> Any:
    """Kill the first of two children that wait for the lock of a value, and release it.

    Return what is left to others. Nothing if the children did not come to wait.
    """
    held, marks = make("i", 7), [make_raw("i", 0) for _ in range(2)]
    held.acquire()
    # One after the other: the turn that is to be lost is the first one.
    killed = _started(_wait, held, marks[0])
    waited = _came(killed, marks[0]) and _sleeps(killed)
    other = _started(_wait, held, marks[1])
    waited = _came(other, marks[1]) and _sleeps(other) and waited
    _kill(killed)
    held.release()
    if not waited:
        _kill(other)
        return {}
    return {
        "the exit code of the other one that waits": _end_of(other),
        "the lock is free": bool(held.acquire(True, BOUND / 5)),
    }


# Who leaves a block by an exception.


def _leave(wrapper: Any, mark: Any, how: str) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the traceback is no news
    with wrapper:
        mark.value = _HELD
        if how == "sys.exit":
            sys.exit(3)
        raise {"an exception": ValueError, "an interrupt": KeyboardInterrupt}[how]


@long_running
def left_by_leaving(
    make: Callable[..., Any], make_raw: Callable[..., Any], how: str
) -> dict[str, Any]:
    """Have a child leave its `with` block, and with it the process; return what is left.

    Nothing if the child did not come into the block.
    """
    held, mark = make("i", 7), make_raw("i", 0)
    ended = _end_of(_started(_leave, held, mark, how))
    if mark.value != _HELD:
        return {}
    return {"ended": ended is not None, "the lock is free": bool(held.acquire(True, BOUND / 5))}


# Who is killed in the middle of writing.

_LENGTH = 20_000


def _write_for_ever(array: Any, mark: Any) -> None:
    ones, twos = [1] * _LENGTH, [2] * _LENGTH
    array[:] = ones
    mark.value = _HELD
    while True:
        array[:] = twos
        array[:] = ones


@long_running
def left_by_a_killed_writer(make_array: Callable[..., Any], make_raw: Callable[..., Any]) -> Any:
    """Kill a child in the middle of writing an array; return what is in it, and in its neighbours.

    Nothing if the child did not come to write.
    """
    mark = make_raw("i", 0)
    before, array, after = make_array("i", 100), make_array("i", _LENGTH), make_array("i", 100)
    for neighbour in (before, after):
        neighbour[:] = [7] * 100
    process = _started(_write_for_ever, array, mark)
    came = _came(process, mark) and process.exitcode is None
    _kill(process)
    if not came:
        return {}
    return {
        "items are of one of the writes": set(array) <= {1, 2},
        "neighbours are unchanged": all(set(one) == {7} for one in (before, after)),
    }


# Who is killed in the middle of making and dropping objects.


def _make_for_ever(backend: str, mark: Any) -> None:
    while True:
        _make_some(backend)
        mark.value = _HELD


def _make_some(backend: str) -> bool:
    """Make a few objects; return whether each is as it was made."""
    module = importlib.import_module(backend)
    array, value = module.RawArray("i", [3] * 200), module.Value("i", 3)
    return bool(array[:] == [3] * 200 and value.value == 3)


def _make_some_or_fail(backend: str) -> None:
    sys.exit(not _make_some(backend))


@long_running
def left_by_a_killed_maker(backend: str, delay: float) -> dict[str, Any]:
    """Kill a child that makes and drops objects; return whether this process can make some.

    Nothing if the child did not come to make any. It does not return where making one here does
    not.
    """
    mark = importlib.import_module(backend).RawValue("i", 0)
    process = _started(_make_for_ever, backend, mark)
    came = _came(process, mark)
    # Not always at the same place of a making; nothing is expected of how long it takes.
    time.sleep(delay)
    _kill(process)
    made = _make_some(backend)
    return {"the parent makes objects": made} if came else {}


@long_running
def left_to_a_child_by_killed_makers(backend: str) -> dict[str, Any]:
    """Return whether a new child can make objects."""
    return {"the next child's exit code": _end_of(_started(_make_some_or_fail, backend))}
