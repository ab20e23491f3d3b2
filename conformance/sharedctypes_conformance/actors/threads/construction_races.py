"""Several threads of a process that construct, wrap and share objects of their own at once.

Each function returns what was not as it should be, as text.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from .. import patience
from ..runtime import processes
from ..runtime.children import end_of, start_child
from ..runtime.marks import long_running
from .helpers import at_once, in_a_thread, switching_at_each_line, switching_every

_THREADS = 4


def _started_together(
    run: Callable[[int, list[str]], None], threads: int, *, at_each_line: bool = False
) -> list[str]:
    """Carry out `run(number, complaints)` in threads that begin together; return complaints.

    The interpreter switches between them as often as it can, or `at_each_line` of Python that one
    of them runs. Raises what any of them raised.
    """
    complaints: list[str] = []
    raised: list[Exception] = []
    together = threading.Event()
    ran: list[int] = []

    def one(number: int) -> None:
        ran.append(number)
        if len(ran) == threads:
            together.set()
        together.wait(patience.ALL_WORKERS)  # if one is late, the others begin without it
        try:
            with switching_at_each_line() if at_each_line else contextlib.nullcontext():
                run(number, complaints)
        except Exception as problem:  # whatever it is: that it was raised is the finding
            complaints.append(f"thread {number} raised {problem!r}")
            raised.append(problem)

    with switching_every(1e-6):
        at_once(*[partial(one, number) for number in range(threads)])
    if raised:
        raise raised[0]
    return complaints


@long_running
def make_and_use(backend: str, times: int) -> list[str]:
    """Make objects of several sorts in each thread, and use those of each alone."""
    module = importlib.import_module(backend)
    held: list[tuple[str, Any, bytes]] = []

    def run(number: int, complaints: list[str]) -> None:
        mine = []
        for turn in range(times):
            wrappers = {
                "Value": module.Value("i", number),
                "Array": module.Array("i", (number, turn)),
                "synchronized": module.synchronized(module.RawArray("c", 24)),
            }
            for name, wrapper in wrappers.items():
                if not wrapper.acquire():
                    complaints.append(f"acquire() of a new {name} was refused")
                wrapper.release()
                with wrapper:
                    raw = wrapper.get_obj()
                    data = bytes([1 + number * times + turn]) * ctypes.sizeof(raw)
                    ctypes.memmove(ctypes.addressof(raw), data, len(data))
                mine.append((f"{name} no. {turn} of thread {number}", wrapper, data))
            if turn % 2:
                # Dropped, so that the others construct theirs in memory that was used before.
                for _ in wrappers:
                    complaints.extend(_complaints_of(*mine.pop(0)))
            del wrappers, wrapper, raw
        held.extend(mine)

    complaints = _started_together(run, _THREADS)
    for one in held:
        complaints += _complaints_of(*one)
    return complaints[:9]


def _complaints_of(name: str, wrapper: Any, data: bytes) -> list[str]:
    raw = wrapper.get_obj()
    got = ctypes.string_at(ctypes.addressof(raw), len(data))
    return [] if got == data else [f"{name} holds {got.hex()}, should be {data.hex()}"]


@long_running
def wrap_one_type(backend: str, types: int) -> list[str]:
    """Wrap objects of a new structure type in each thread at the same time, for several types."""
    module = importlib.import_module(backend)
    complaints: list[str] = []
    for turn in range(types):
        names = [f"field_{place}" for place in range(12)]
        type_ = type(
            f"Fresh{turn}", (ctypes.Structure,), {"_fields_": [(n, ctypes.c_int) for n in names]}
        )
        objects = [module.RawValue(type_) for _ in range(_THREADS)]

        def run(
            number: int, complaints: list[str], names: list[str] = names, objects: Any = objects
        ) -> None:
            wrapper = module.synchronized(objects[number])
            # Backwards: the last one is the one that a class gets last.
            for name in reversed(names):
                setattr(wrapper, name, number + 1)
            for name in names:
                there = getattr(objects[number], name), getattr(wrapper, name)
                if there != (number + 1, number + 1):
                    complaints.append(f"{name} is {there}, should be {number + 1} in both")

        complaints += _started_together(run, _THREADS, at_each_line=True)
    return complaints[:9]


@long_running
def ask_for_locks(backend: str, count: int) -> list[str]:
    """Ask new values for their locks in each thread at the same time, for the first time.

    Whoever asks, the threads of a value have to exclude each other with them.
    """
    module = importlib.import_module(backend)
    values = [module.Value("i", 0) for _ in range(count)]
    locks: dict[int, list[Any]] = {}

    def run(number: int, _complaints: list[str]) -> None:
        locks[number] = [value.get_lock() for value in values]

    complaints = _started_together(run, _THREADS, at_each_line=True)
    first, *others = locks.values()
    apart = 0
    for held, *same in zip(first, *others):
        held.acquire()
        apart += in_a_thread(partial(_can_acquire_any, same))
        held.release()
    if apart:
        complaints.append(f"{apart} of {count} values have locks that do not keep each other out")
    return complaints[:9]


def _can_acquire_any(locks: Sequence[Any]) -> bool:
    return any(lock.acquire(False) for lock in locks)


@long_running
def start_children(backend: str, threads: int, times: int) -> list[str]:
    """Start children with objects of their own in several threads at the same time.

    Two more construct and drop objects, and wrap one, all the while. Thread and child construct
    some at the same time, which must not overlap.
    """
    module = importlib.import_module(backend)
    starting, lock = list(range(threads)), processes.new_lock("RLock")

    def run(number: int, complaints: list[str]) -> None:
        if number >= threads:
            raw = module.RawArray("i", 100)
            while starting:
                if number == threads:
                    module.RawArray("i", 100)
                else:
                    module.synchronized(raw, lock)
            return
        try:
            for _ in range(times):
                # One that hangs is enough: it takes all the time that there is.
                if not complaints:
                    start(number, complaints)
        finally:
            starting.pop()

    def start(number: int, complaints: list[str]) -> None:
        value, array = module.Value("i", number), module.Array("i", 3)
        process = start_child(answer, backend, value, array, number)
        own = _filled(module, number + 1)
        ended = end_of(process)
        corrupted = sum(set(one) != {number + 1} for one in own)
        if corrupted:
            complaints.append(
                f"{corrupted} of {len(own)} arrays of thread {number} do not hold what it "
                "wrote into them, after a child constructed others"
            )
        got, due = (value.value, array[:]), (100 + number, [number] * 3)
        if got != due:
            complaints.append(
                f"the child of thread {number} {ended} and left {got}, should be {due}"
            )

    return _started_together(run, threads + 2)[:9]


class _Pausing:
    """A sequence, and a number, that pauses whoever asks for an item, or for its value."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def pause(self) -> None:
        """Wait until it may go on: not for ever, as a backend may rightly let no fork happen."""
        self.reached.set()
        self.go_on.wait(patience.SENDER)

    def __len__(self) -> int:
        return 2

    def __getitem__(self, place: int) -> int:
        if place >= len(self):
            raise IndexError(place)
        self.pause()
        return place

    def __float__(self) -> float:
        self.pause()
        return 2.5


def _construct(module: Any, items: Any, number: Any) -> None:
    """Construct objects of each sort, from items or from a number, whichever is not None."""
    if items is not None:
        module.RawArray("i", items)
        module.Array("i", items)
    if number is not None:
        module.RawValue("d", number)
        module.Value("d", number)


@long_running
def start_amid_construction(backend: str) -> list[str]:
    """Start a child while another thread's initializer is being asked for what it has.

    That may take as long as it likes. The child constructs objects of the same sort.
    """
    module = importlib.import_module(backend)
    for what in ("items", "number"):
        pausing = _Pausing()
        given = {"items": None, "number": None, what: pausing}
        thread = threading.Thread(target=_construct, args=(module,), kwargs=given, daemon=True)
        thread.start()
        while thread.is_alive() and not pausing.reached.wait(0.01):
            pass  # a type may be refused
        process = start_child(_construct_plainly, backend)
        pausing.go_on.set()
        ended = end_of(process)
        thread.join(patience.CONSTRUCTION)
        if ended.exit_code != 0:
            return [
                f"a child that was started while a thread constructed objects from {what} of the "
                f"program's own, and constructed some itself, {ended}"
            ]
    return []


def _construct_plainly(backend: str) -> None:
    _construct(importlib.import_module(backend), [1, 2], 0.5)


def _filled(module: Any, mark: int) -> list[Any]:
    made = []
    for size in (1, 10, 100, 1000):
        for _ in range(5):
            # Wrapped, because a class may be created for that, under a lock of its own.
            array = module.synchronized(module.RawArray("i", size)).get_obj()
            array[:] = [mark] * size
            made.append(array)
    return made


def answer(backend: str, value: Any, array: Any, number: int) -> None:
    """Make objects, and write into those given if they are the ones of the thread of this number.

    A forked child has a copy of this process at that moment, in the middle of whatever its other
    threads were doing.
    """
    module = importlib.import_module(backend)
    for size in (100, 20_000):
        if any(module.RawArray("i", size)):
            return
    _filled(module, -1)
    with value:
        if value.value == number:
            value.value += 100
    for place in range(len(array)):
        array[place] += number
