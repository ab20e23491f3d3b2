"""Signals whose handler raises, in the middle of accesses and constructions, and what is left then.

A timer sends them, so that they come anywhere, between any two steps of a call too.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable
from ctypes import Structure, c_int
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from .. import patience
from ..runtime import processes
from ..runtime.marks import long_running
from ..runtime.records import record
from ..system import leaked_names, resources
from ..threads.helpers import in_a_thread, try_lock
from .alarms import Alarms

# After how many locks that stayed held nothing more is to be learned.
_ENOUGH = 4

# A loop that no signal interrupts ends all the same.
_MOST_ACCESSES = 100_000
_MOST_CONSTRUCTIONS = 2_000


class Interrupted(BaseException):
    """What the handler raises: like KeyboardInterrupt, it may be raised anywhere."""


def _interrupt(_number: int, _frame: Any) -> None:
    raise Interrupted


# Accesses, and the lock after each of them.


def _read(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        wrapper.value  # noqa: B018 - the read itself is what is interrupted


def _write(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        wrapper.value = 5


def _read_item(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        wrapper[1]


def _write_item(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        wrapper[1] = 5


def _read_slice(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        wrapper[1:3]


def _write_slice(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        wrapper[1:3] = (5, 6)


def _block(wrapper: Any) -> None:
    for _ in range(_MOST_ACCESSES):
        with wrapper:
            pass


VALUES = {"reading value": _read, "assigning value": _write}
ITEMS = {
    "reading an item": _read_item,
    "assigning an item": _write_item,
    "reading a slice": _read_slice,
    "assigning a slice": _write_slice,
}
BLOCKS = {"a with block": _block}
_ACCESSES: dict[str, Callable[[Any], None]] = {**VALUES, **ITEMS, **BLOCKS}


@record
class InterruptedAccesses(NamedTuple):
    """How many accesses were interrupted, and after how many of these the lock stayed held."""

    interrupts: int
    still_held: int


@long_running
def interrupt_accesses(
    name: str, make: Callable[..., Any], args: tuple[Any, ...], count: int
) -> InterruptedAccesses:
    """Interrupt an access many times, and look each time whether the lock is free.

    An object whose lock stays held is replaced. A few of them are enough, because it may take a
    time-out to find that a lock is held.
    """
    access, wrapper = _ACCESSES[name], make(*args)
    interrupts = still_held = 0
    with Alarms(_interrupt, seed=count) as alarms:
        for _ in range(count):
            interrupts += _access_until_interrupted(access, wrapper, alarms)
            if not _is_free(wrapper):
                still_held += 1
                if still_held == _ENOUGH:
                    break
                wrapper = make(*args)
    return InterruptedAccesses(interrupts, still_held)


def _access_until_interrupted(access: Callable[[Any], None], wrapper: Any, alarms: Alarms) -> bool:
    """Carry out accesses; return whether they were interrupted.

    Where an interrupt is lost, as in the middle of a finalizer, and the lock stays held, the next
    access waits for it, and a second interrupt ends that.
    """
    try:
        alarms.set_soon(again_after=patience.CONSTRUCTION)
        try:
            access(wrapper)
        finally:
            alarms.cancel()
    except Interrupted:
        return True
    return False


def _is_free(wrapper: Any) -> bool:
    """Return whether another thread can acquire the lock; an attempt may also raise, or hang."""
    try:
        return bool(in_a_thread(partial(try_lock, wrapper), within=patience.CONSTRUCTION))
    except Exception:  # whatever it is, the lock was not acquired
        return False


class _CarefulWrapper:
    """A lock of C, acquired as carefully as Python code can.

    It looks at its lock again when anything was raised on the way in. Where even this one is held
    after an interrupt, that of any backend may be.
    """

    def __init__(self) -> None:
        # What the standard library's locks are made of.
        lock: Any = importlib.import_module("multiprocessing").get_context("fork").RLock()._semlock
        self.acquire, self.release = lock.acquire, lock.release
        self._leave = lock.__exit__
        self._lock = lock

    def _depth(self) -> int:
        return self._lock._count() if self._lock._is_mine() else 0

    @property
    def value(self) -> None:
        before = self._depth()
        try:
            self.acquire()
            self.release()
        except BaseException:
            if self._depth() > before:
                self.release()
            raise

    # A function in Python: CPython 3.14 runs signal handlers after one in C, outside the block.
    def __enter__(self) -> None:
        before = self._depth()
        try:
            self.acquire()
        except BaseException:
            if self._depth() > before:
                self.release()
            raise

    # One in C: no step of Python comes before it.
    __exit__ = property(attrgetter("_leave"))


@long_running
def interrupt_careful_accesses(name: str, count: int) -> InterruptedAccesses:
    """Do the same to the most careful wrapper: a control that no backend takes part in.

    In some interpreters its lock stays held too: in CPython before 3.10 that of a `with` block, in
    PyPy any.
    """
    access = name if name in BLOCKS else "reading value"
    return interrupt_accesses(access, _CarefulWrapper, (), count)


# Constructions, and those that follow them.


@record
class InterruptedConstructions(NamedTuple):
    """How many constructions were interrupted, and what was wrong afterwards, "" if nothing."""

    interrupts: int
    problem: str


class _Corrupted(Exception):
    """A construction that was not interrupted raised, or did not end."""


class _Pair(Structure):
    _fields_ = (("x", c_int), ("y", c_int))


# What constructs an object with the functions of a backend, given a lock and a length. The lock is
# there before: what an interrupt does to the construction of a lock is not the backend's doing.
CONSTRUCTIONS: dict[str, Callable[[Any, Any, int], Any]] = {
    "RawArray": lambda module, _lock, length: module.RawArray("i", length),
    "Value": lambda module, lock, length: module.Value("i", length, lock=lock),
    "Value of a structure": lambda module, lock, length: module.Value(_Pair, length, lock=lock),
    "Array": lambda module, lock, length: module.Array("i", length, lock=lock),
    "synchronized": lambda module, lock, length: module.synchronized(_Pair(length), lock),
}


@long_running
def interrupt_constructions(backend: str, name: str, count: int) -> InterruptedConstructions:
    """Interrupt the construction and dropping of objects many times, by one of `CONSTRUCTIONS`."""
    lock = processes.new_lock("RLock")
    make = partial(CONSTRUCTIONS[name], importlib.import_module(backend), lock)
    interrupts, live = 0, []
    files: set[resources.File] = set()
    folder = tempfile.gettempdir()

    def interrupt(_number: int, _frame: Any) -> None:
        # A construction that is interrupted may leave its name, with no process that has it open.
        files.update(leaked_names.note_files(folder))
        raise Interrupted

    try:
        with Alarms(interrupt, seed=count) as alarms:
            for _ in range(count):
                interrupts += _construct_until_interrupted(make, alarms)
                # Another thread first: if the lock of all constructions is still held by this
                # thread, this one would not notice.
                live += [_construct_in_a_thread(make), _construct(make, 10)]
    except _Corrupted as corrupted:
        return InterruptedConstructions(interrupts, str(corrupted))
    finally:
        # Not what this process still holds, such as the lock: others are waited for to let go.
        left = files - (resources.held_by(os.getpid()) or set())
        leaked_names.remove(leaked_names.of_files(left))
    return InterruptedConstructions(interrupts, _overlaps(live) if name == "RawArray" else "")


def _construct_until_interrupted(make: Callable[[int], Any], alarms: Alarms) -> bool:
    """Construct and drop objects; return whether that was interrupted.

    Where a signal comes in the middle of a dropping, the interpreter may swallow what it raises. If
    the lock of all constructions stays held then, the next one waits for it, and a second interrupt
    ends that.
    """
    try:
        alarms.set_soon(again_after=patience.CONSTRUCTION)
        try:
            for turn in range(_MOST_CONSTRUCTIONS):
                _construct(make, 1 + turn % 40)
        finally:
            alarms.cancel()
    except Interrupted:
        return True
    return False


def _construct(make: Callable[[int], Any], length: int) -> Any:
    try:
        return make(length)
    except Exception as raised:  # whatever it is: this construction was not interrupted
        message = f"constructing one raised {type(raised).__name__}: {raised}"
        raise _Corrupted(message) from raised


def _construct_in_a_thread(make: Callable[[int], Any]) -> Any:
    within = patience.CONSTRUCTION
    try:
        return in_a_thread(partial(_construct, make, 10), within)
    except TimeoutError:
        message = f"constructing one in another thread did not end within {within:.0f} s"
        raise _Corrupted(message) from None


def _overlaps(live: list[Any]) -> str:
    for number, array in enumerate(live):
        array[:] = [number] * len(array)
    overlapping = sum(set(array) != {number} for number, array in enumerate(live))
    return f"{overlapping} of {len(live)} arrays have bytes of others" if overlapping else ""
