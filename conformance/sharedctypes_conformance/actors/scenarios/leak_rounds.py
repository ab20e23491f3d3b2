"""Rounds: objects are made, given to a child and dropped, and what is left is counted.

The objects and the child are those of `program_exit`.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ..objects.repeated_accesses import access
from ..runtime import processes
from ..runtime.children import end_of, start_child
from ..runtime.marks import long_running
from ..runtime.records import record
from ..system import resources
from ..threads.helpers import in_a_thread
from .program_exit import child_main, fill, make, run_child_as_scripted

# How many bytes a small object has.
SMALL = 400

# Names of shared memory that this process had at some time, or a child of it.
_names: resources.Names = {}


@record
class Counts(NamedTuple):
    """How many resources there are of each sort; None where the system does not tell."""

    file_descriptors: int | None
    names_of_shared_memory: int | None
    temporary_files: int
    threads: int | None
    processes: int | None


@long_running
def one_round(backend: str, count: int, method: str, makers: Sequence[str]) -> Counts:
    """Make objects by some makers, start a child with some, drop them all; return what is left.

    Another start with them is to fail.
    """
    objects = make(backend, count, makers)
    fill(objects)
    _note_names()
    report = os.path.join(tempfile.gettempdir(), "names.json")
    run_child_as_scripted(child_main, backend, objects[::count], makers, report)
    with open(report) as file:
        _names.update(json.load(file) or {})
    os.unlink(report)
    _fails_to_start(objects[::count], method)
    del objects
    _collect()
    return Counts(
        resources.descriptors(),
        _count_names(),
        resources.files(tempfile.gettempdir()),
        resources.threads(),
        resources.processes(),
    )


@lru_cache(maxsize=None)
def _remove_names_at_exit() -> None:
    """Have the names that were noted removed when this process exits; asked for once."""
    atexit.register(_remove_names)


def _remove_names() -> None:
    # What the process has, or has made, the stage knows of: it looks when the process has gone.
    own = resources.names() or {}
    resources.remove({name: number for name, number in _names.items() if name not in own})


def _note_names() -> None:
    _remove_names_at_exit()
    _names.update(resources.names() or {})


def _count_names() -> int | None:
    if resources.names() is None:
        return None
    left = resources.still_there(_names)
    _names.clear()
    _names.update(left)
    return len(left)


def _collect() -> None:
    # Where there are no reference counts, what a finalizer frees takes a second round.
    gc.collect()
    gc.collect()


@long_running
def memory_after_arrays(raw_array: Any, count: int, size: int) -> int | None:
    """Make and fill arrays that are there at the same time, drop them; return the memory taken."""
    arrays = [raw_array(ctypes.c_char, size) for _ in range(count)]
    fill(arrays)
    return _taken_without(arrays)


@long_running
def memory_after_small_objects(raw_array: Any, count: int, size: int, backend: str) -> int | None:
    """Like `memory_after_arrays`, with what each function of the backend makes by turns.

    The wrappers share one lock: to make many takes long, and is not judged here. They are made and
    dropped by a new thread each time, which may have memory of its own.
    """
    in_a_thread(partial(_fill_small, raw_array, count, size, backend))
    return _taken_without([])


def _fill_small(raw_array: Any, count: int, size: int, backend: str) -> None:
    module, lock = importlib.import_module(backend), processes.new_lock("RLock")
    constructors: list[Callable[[], Any]] = [lambda: raw_array(ctypes.c_char, size)]
    if hasattr(module, "Array"):
        constructors.append(lambda: module.Array(ctypes.c_char, size, lock=lock))
    if hasattr(module, "Value"):
        constructors.append(lambda: module.Value(_Small, lock=lock))
    if hasattr(module, "RawValue"):
        constructors.append(lambda: module.RawValue(_Small))
    if hasattr(module, "copy"):
        constructors.append(lambda: module.copy(_Small()))
    fill([constructors[number % len(constructors)]() for number in range(count)])
    _note_names()


class _Small(ctypes.Structure):
    _fields_ = (("text", ctypes.c_char * SMALL),)


@long_running
def memory_after_child(raw_array: Any, count: int, size: int) -> int | None:
    """Like `memory_after_arrays`, passing the arrays to a child that then exits."""
    arrays = [raw_array(ctypes.c_char, size) for _ in range(count)]
    fill(arrays)
    run_child_as_scripted(fill, arrays)
    return _taken_without(arrays)


class _Refuses:
    """What cannot be given to a process that is not forked."""

    def __reduce__(self) -> Any:
        raise TypeError("this cannot be pickled")


class _Broken:
    """A standard output whose reader has gone: a fork, which flushes it first, raises."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        raise BrokenPipeError("the reader has gone")


@long_running
def memory_after_failed_start(raw_array: Any, count: int, size: int, method: str) -> int | None:
    """Like `memory_after_arrays`, with a start that fails while the arrays are its arguments."""
    arrays = [raw_array(ctypes.c_char, size) for _ in range(count)]
    fill(arrays)
    if not _fails_to_start(arrays, method):
        raise RuntimeError("the process was started all the same")
    return _taken_without(arrays)


def _fails_to_start(objects: list[Any], method: str) -> bool:
    """Return whether a start with objects raised, as it should."""
    stdout = sys.stdout
    if method == "fork":
        sys.stdout = _Broken()
    try:
        process = start_child(fill, objects, _Refuses())
    except Exception:  # it may be any
        return True
    finally:
        sys.stdout = stdout
    end_of(process)
    return False


@long_running
def memory_after_refusals(raw_array: Any, count: int, size: int) -> int | None:
    """Make arrays of what does not go into their last items; return the memory taken."""
    for _ in range(count):
        kind = _small_type(size // _ITEMS)
        with contextlib.suppress(Exception):  # whether it is refused is said by other clauses
            raw_array(kind, [*[kind()] * (_ITEMS - 1), "text"])
    return _taken_without([])


# How many items an array has that is refused for the last one of them.
_ITEMS = 8


@lru_cache(maxsize=None)
def _small_type(size: int) -> Any:
    return ctypes.c_char * size


@long_running
def memory_after_accesses(
    _raw_array: Any, count: int, _size: int, backend: str, sort: str
) -> int | None:
    """Carry out accesses of a sort, each of them so often; return the memory taken."""
    access(importlib.import_module(backend), sort, count)
    return _taken_without([])


def _taken_without(arrays: list[Any]) -> int | None:
    _note_names()
    arrays.clear()
    _collect()
    _count_names()
    return resources.memory(_names)
