"""Signals whose handler raises, in the middle of accesses, and the lock after each of them.

A timer sends them, so that they come anywhere, between any two steps of the access too.
"""

from __future__ import annotations

import importlib
import multiprocessing
import random
import signal
import tempfile
import threading
from collections.abc import Callable
from ctypes import Structure, c_int
from functools import partial
from operator import attrgetter
from typing import Any

from ..runtime import processes
from ..runtime.marks import long_running
from ..system import leaked_names as left_names
from ..system import resources as taking

# An access that no signal comes to ends all the same.
_MOST = 100_000
_MOST_MAKINGS = 2_000
# Seconds that nobody needs for a making. All of them together are less than the stage's patience.
_BOUND = 3


class Interrupted(BaseException):
    """What the handler raises: as KeyboardInterrupt, nobody expects it."""


def _interrupt(_number: int, _frame: Any) -> None:
    raise Interrupted


def _read(wrapper: Any) -> None:
    for _ in range(_MOST):
        wrapper.value  # noqa: B018


def _write(wrapper: Any) -> None:
    for _ in range(_MOST):
        wrapper.value = 5


def _read_item(wrapper: Any) -> None:
    for _ in range(_MOST):
        wrapper[1]


def _write_item(wrapper: Any) -> None:
    for _ in range(_MOST):
        wrapper[1] = 5


def _read_slice(wrapper: Any) -> None:
    for _ in range(_MOST):
        wrapper[1:3]


def _write_slice(wrapper: Any) -> None:
    for _ in range(_MOST):
        wrapper[1:3] = (5, 6)


def _block(wrapper: Any) -> None:
    for _ in range(_MOST):
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


@long_running
def kept(name: str, make: Callable[..., Any], args: tuple[Any, ...], count: int) -> list[int]:
    """Interrupt an access many times; return how many interrupts came, and how many kept the lock.

    An object whose lock was kept is replaced.
    """
    access, wrapper = _ACCESSES[name], make(*args)
    chance = random.Random(count)  # noqa: S311 - it only varies when a signal comes
    came = locked = 0
    before = signal.signal(signal.SIGALRM, _interrupt)
    try:
        for _ in range(count):
            try:
                signal.setitimer(signal.ITIMER_REAL, chance.uniform(20e-6, 200e-6))
                access(wrapper)
            except Interrupted:
                came += 1
            if not _is_free(wrapper):
                locked += 1
                wrapper = make(*args)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
    return [came, locked]


class _Careful:
    """A lock of C, taken as carefully as Python code can: what it keeps, any backend may keep.

    It looks at its lock again when anything was raised on the way in.
    """

    def __init__(self) -> None:
        # What the standard library's locks are made of.
        lock: Any = multiprocessing.get_context("fork").RLock()._semlock  # type: ignore[attr-defined]
        self.acquire, self.release = lock.acquire, lock.release
        self._leave = lock.__exit__
        self._lock = lock

    def _mine(self) -> int:
        return self._lock._count() if self._lock._is_mine() else 0

    @property
    def value(self) -> None:
        before = self._mine()
        try:
            self.acquire()
            self.release()
        except BaseException:
            if self._mine() > before:
                self.release()
            raise

    # A function in Python: CPython 3.14 runs signal handlers after one in C, outside the block.
    def __enter__(self) -> None:
        before = self._mine()
        try:
            self.acquire()
        except BaseException:
            if self._mine() > before:
                self.release()
            raise

    # One in C: no step of Python comes before it.
    __exit__ = property(attrgetter("_leave"))


@long_running
def kept_with_care(name: str, count: int) -> list[int]:
    """Do the same to the most careful wrapper: a control that no backend takes part in.

    Some interpreters keep its lock too: CPython before 3.10 that of a `with` block, PyPy any.
    """
    return kept(name if name in BLOCKS else "reading value", _Careful, (), count)


class _Spoilt(Exception):
    """A making that was not interrupted raised, or had no end."""


class _Pair(Structure):
    _fields_ = (("x", c_int), ("y", c_int))


# What makes an object with the functions of a backend, given a lock and a length. The lock is there
# before: what an interrupt does to the making of a lock is not the backend's doing.
MAKINGS: dict[str, Callable[[Any, Any, int], Any]] = {
    "RawArray": lambda module, _lock, length: module.RawArray("i", length),
    "Value": lambda module, lock, length: module.Value("i", length, lock=lock),
    "Value of a structure": lambda module, lock, length: module.Value(_Pair, length, lock=lock),
    "Array": lambda module, lock, length: module.Array("i", length, lock=lock),
    "synchronized": lambda module, lock, length: module.synchronized(_Pair(length), lock),
}


@long_running
def spoilt_by_interrupted_makings(backend: str, name: str, count: int) -> tuple[int, str]:
    """Interrupt makings and droppings of objects many times, of those of one of `MAKINGS`.

    Return how many interrupts came, and what was not as it should be afterwards.
    """
    lock = processes.new_lock("RLock")
    make = partial(MAKINGS[name], importlib.import_module(backend), lock)
    chance = random.Random(count)  # noqa: S311 - it only varies when a signal comes
    came, live = 0, []
    names: taking.Names = {}
    folder = tempfile.gettempdir()

    def interrupt(_number: int, _frame: Any) -> None:
        # A making that is interrupted may leave its name, which nobody holds afterwards.
        names.update(left_names.noted(folder))
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for _ in range(count):
            came += _make_until_interrupted(make, chance.uniform(20e-6, 200e-6))
            # Another thread first: where the lock of all makings was kept, this one would hang.
            live += [_make_in_a_thread(make), _make(make, 10)]
    except _Spoilt as spoilt:
        return came, str(spoilt)
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
        left_names.remove(names)
    return came, _overlaps(live) if name == "RawArray" else ""


def _make_until_interrupted(make: Callable[[int], Any], seconds: float) -> bool:
    """Make and drop objects; return whether that was interrupted.

    Where it comes in the middle of a dropping, the interpreter may swallow it. If the lock of all
    makings was kept then, the next one waits for it, and a second interrupt ends that.
    """
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _BOUND)
        try:
            for turn in range(_MOST_MAKINGS):
                _make(make, 1 + turn % 40)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except Interrupted:
        return True
    return False


def _make(make: Callable[[int], Any], length: int) -> Any:
    try:
        return make(length)
    except Exception as raised:  # whatever it is: this making was not interrupted
        raise _Spoilt(f"making one raised {type(raised).__name__}: {raised}") from raised


def _make_in_a_thread(make: Callable[[int], Any]) -> Any:
    made: list[Any] = []

    def run() -> None:
        try:
            made.append(_make(make, 10))
        except _Spoilt as spoilt:
            made.append(spoilt)

    _in_a_thread(run)
    if not made:
        raise _Spoilt(f"making one in another thread had no end within {_BOUND} s")
    if isinstance(made[0], _Spoilt):
        raise made[0]
    return made[0]


def _overlaps(live: list[Any]) -> str:
    for number, array in enumerate(live):
        array[:] = [number] * len(array)
    spoilt = sum(set(array) != {number} for number, array in enumerate(live))
    return f"{spoilt} of {len(live)} arrays have bytes of others" if spoilt else ""


def _is_free(wrapper: Any) -> bool:
    """Return whether another thread can have the lock at once."""
    found: list[Any] = []

    def look() -> None:
        found.append(wrapper.acquire(False))
        if found[0]:
            wrapper.release()

    _in_a_thread(look)
    return bool(found and found[0])


def _in_a_thread(run: Callable[[], Any]) -> None:
    """Run something in another thread, and wait for its end for as long as a hang takes."""
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_BOUND)
