"""Processes that end where they should not, and what is left to those that go on.

A child is killed, or leaves, while it holds a lock, waits for one, writes an array, or constructs
objects. Then its parent, and a child started after that, use what it had in hand. Each function
returns what they found, and None if the child did not get to where it was to end.

How far a child got is seen in a raw object, its mark, which needs no lock: locks are what is at
stake.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .. import patience
from ..runtime.children import Ended, end_of, kill, run_child, start_child
from ..runtime.marks import long_running
from ..runtime.records import record
from ..system import process_states

_REACHED = 1


def _reached(process: Any, mark: Any) -> bool:
    """Return whether a child has reached the line that writes into its mark."""
    until = time.monotonic() + patience.AT_ONCE
    while mark.value != _REACHED and time.monotonic() < until and process.exitcode is None:
        time.sleep(0.002)  # a raw object cannot be waited on
    return bool(mark.value == _REACHED)


def _comes_to_wait(process: Any) -> bool:
    """Wait until a child that has to wait does; return whether it is still there.

    One that polls instead of sleeping never falls asleep, and then it gets time enough.
    """
    process_states.fall_asleep(patience.AT_ONCE, lambda: [process.pid])
    return process.exitcode is None


# Killed while it holds a lock.


@record
class Usable(NamedTuple):
    """Whether what a holder of a lock left behind is of use to a process."""

    acquire_returns_a_bool: bool
    its_object_is_written: bool
    another_lock_is_free: bool
    new_objects_work: bool


@record
class LeftByHolder(NamedTuple):
    """What a killed holder of a lock left to its parent, and to a child started after that."""

    parent: Usable
    next_child: Usable
    end_of_the_next_child: Ended


def _hold(wrapper: Any, mark: Any, how: str) -> None:
    wrapper.acquire()
    mark.value = _REACHED
    if how == "os._exit":
        os._exit(0)
    time.sleep(60)  # until it is killed


@long_running
def left_by_killed_holder(
    make: Callable[..., Any], make_raw: Callable[..., Any], how: str
) -> LeftByHolder | None:
    """Kill a child that holds the lock of a value, or have it call os._exit."""
    held, other, mark = make("i", 7), make("i", 8), make_raw("i", 0)
    process = start_child(_hold, held, mark, how)
    if not _reached(process, mark):
        kill(process)
        return None
    if how == "os._exit":
        process.join(patience.AT_ONCE)
    kill(process)
    seen = make_raw(ctypes.c_int * len(Usable._fields))
    ended = run_child(_look, held, other, seen)
    return LeftByHolder(_usable(held, other, make), Usable(*map(bool, seen)), ended)


def _look(held: Any, other: Any, seen: Any) -> None:
    for place, answer in enumerate(_usable(held, other, None)):
        seen[place] = answer


def _usable(held: Any, other: Any, make: Any) -> Usable:
    """Use what is left; `make` makes new objects, which a child does without."""
    acquired = [held.acquire(False), held.acquire(True, 0.05)]
    for _ in filter(None, acquired):
        held.release()
    held.get_obj().value += 1
    free = other.acquire(False)
    if free:
        other.release()
    return Usable(
        all(answer in (True, False) for answer in acquired),
        held.get_obj().value > 7,
        bool(free),
        make is None or _new_object_works(make("i", 9)),
    )


def _new_object_works(new: Any) -> bool:
    if not new.acquire(True, patience.FREE_LOCK):
        return False
    new.value += 1
    works = bool(new.value == 10)
    new.release()
    return works


@long_running
def lock_of_killed_holder(make: Callable[..., Any], make_raw: Callable[..., Any]) -> str:
    """Kill a child that holds the lock of a value; return what has become of the lock."""
    held, mark = make("i", 7), make_raw("i", 0)
    process = start_child(_hold, held, mark, "SIGKILL")
    reached = _reached(process, mark)
    kill(process)
    if not reached:
        return "the child did not come to hold it"
    return "it is free" if held.acquire(True, 0.5) else "nobody can acquire it any more"


# Killed while it waits for a lock.


@record
class LeftByWaiter(NamedTuple):
    """What a killed waiter for a lock left when the lock was released."""

    end_of_the_other_waiter: Ended
    lock_is_free: bool


def _wait(wrapper: Any, mark: Any) -> None:
    mark.value = _REACHED
    wrapper.acquire()
    wrapper.release()


@long_running
def left_by_killed_waiter(
    make: Callable[..., Any], make_raw: Callable[..., Any]
) -> LeftByWaiter | None:
    """Kill the first of two children that wait for the lock of a value, and release it."""
    held, marks = make("i", 7), [make_raw("i", 0) for _ in range(2)]
    held.acquire()
    # One after the other: the wakeup that may be lost is the first one.
    killed = start_child(_wait, held, marks[0])
    waited = _reached(killed, marks[0]) and _comes_to_wait(killed)
    other = start_child(_wait, held, marks[1])
    waited = _reached(other, marks[1]) and _comes_to_wait(other) and waited
    kill(killed)
    held.release()
    if not waited:
        kill(other)
        return None
    return LeftByWaiter(end_of(other), bool(held.acquire(True, patience.FREE_LOCK)))


# Leaving a block, and the process, by an exception.


@record
class LeftByLeaving(NamedTuple):
    """What a child left that left a `with` block, and the process, by an exception."""

    child_ended: bool
    lock_is_free: bool


def _leave(wrapper: Any, mark: Any, how: str) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the traceback is no news
    with wrapper:
        mark.value = _REACHED
        if how == "sys.exit":
            sys.exit(3)
        raise {"an exception": ValueError, "an interrupt": KeyboardInterrupt}[how]


@long_running
def left_by_exiting_block(
    make: Callable[..., Any], make_raw: Callable[..., Any], how: str
) -> LeftByLeaving | None:
    """Have a child leave its `with` block, and with it the process."""
    held, mark = make("i", 7), make_raw("i", 0)
    ended = run_child(_leave, held, mark, how)
    if mark.value != _REACHED:
        return None
    acquired = bool(held.acquire(True, patience.FREE_LOCK))
    return LeftByLeaving(ended.exit_code is not None, acquired)


# Killed in the middle of writing.

_LENGTH = 20_000


@record
class LeftByWriter(NamedTuple):
    """What a killed writer of an array left in it, and in the objects beside it."""

    items_are_of_one_of_the_writes: bool
    neighbours_are_unchanged: bool


def _write_for_ever(array: Any, mark: Any) -> None:
    ones, twos = [1] * _LENGTH, [2] * _LENGTH
    array[:] = ones
    mark.value = _REACHED
    while True:
        array[:] = twos
        array[:] = ones


@long_running
def left_by_killed_writer(
    make_array: Callable[..., Any], make_raw: Callable[..., Any]
) -> LeftByWriter | None:
    """Kill a child in the middle of writing an array."""
    mark = make_raw("i", 0)
    before, array, after = make_array("i", 100), make_array("i", _LENGTH), make_array("i", 100)
    for neighbour in (before, after):
        neighbour[:] = [7] * 100
    process = start_child(_write_for_ever, array, mark)
    reached = _reached(process, mark) and process.exitcode is None
    kill(process)
    if not reached:
        return None
    neighbours = all(set(neighbour) == {7} for neighbour in (before, after))
    return LeftByWriter(set(array) <= {1, 2}, neighbours)


# Killed in the middle of constructing and dropping objects.


def _construct_for_ever(backend: str, mark: Any) -> None:
    while True:
        _can_construct(backend)
        mark.value = _REACHED


def _can_construct(backend: str) -> bool:
    """Construct a few objects; return whether each holds what it was given."""
    module = importlib.import_module(backend)
    array, value = module.RawArray("i", [3] * 200), module.Value("i", 3)
    return bool(array[:] == [3] * 200 and value.value == 3)


def _construct_or_fail(backend: str) -> None:
    sys.exit(not _can_construct(backend))


@long_running
def can_construct_after_kill(backend: str, delay: float) -> bool | None:
    """Kill a child that constructs and drops objects; return whether this process can make some.

    It does not return where constructing one here does not.
    """
    mark = importlib.import_module(backend).RawValue("i", 0)
    process = start_child(_construct_for_ever, backend, mark)
    reached = _reached(process, mark)
    # Not always at the same place of a construction; nothing is expected of how long it takes.
    time.sleep(delay)
    kill(process)
    constructed = _can_construct(backend)
    return constructed if reached else None


@long_running
def constructing_child(backend: str) -> Ended:
    """Have a new child construct objects; its exit code is 0 if it can."""
    return run_child(_construct_or_fail, backend)
