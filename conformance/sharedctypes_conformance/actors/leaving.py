"""A scenario whose end is looked at: shared objects are made, given to a child, dropped or kept.

It runs as a program of its own (`main`), or round after round in an actor (`one_round`). What it
has in the folder of shared memory it tells while it runs, for afterwards nobody could say whose a
name was that is found there.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from . import processes, taking

_SECONDS = 6
_SORTS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("RawValue", ("i", 7)),
    ("RawArray", ("d", 100)),
    ("RawArray", ("c", 300_000)),
    ("Value", ("i", 7)),
    ("Value", (ctypes.c_double, 0.5)),
    ("Array", ("i", (1, 2, 3))),
    ("Array", ("c", b"some text")),
)

# How many bytes a small object has.
SMALL = 400

# What is still there when the program ends.
_kept: list[Any] = []


def make(backend: str, count: int) -> list[Any]:
    """Make `count` objects of each sort, and wrap some more; those that the backend has."""
    module = importlib.import_module(backend)
    sorts = [(maker, args) for maker, args in _SORTS if hasattr(module, maker)]
    made = [getattr(module, maker)(*args) for maker, args in sorts for _ in range(count)]
    if hasattr(module, "synchronized") and hasattr(module, "RawArray"):
        made += [module.synchronized(module.RawArray("i", 3)) for _ in range(count)]
    return made


def fill(objects: list[Any]) -> None:
    """Write into every byte of objects."""
    for obj in objects:
        raw = obj.get_obj() if hasattr(obj, "get_obj") else obj
        ctypes.memset(ctypes.addressof(raw), 1, ctypes.sizeof(raw))


def child_main(
    backend: str, objects: list[Any], told: str | None = None, killed: bool = False
) -> None:
    """Use what was inherited, and make as much again, which goes with this process.

    Its names are told in the file `told`, or printed.
    """
    fill(objects)
    own = make(backend, 1)
    fill(own)
    if told is None:
        _tell()
    else:
        with open(told, "w") as file:
            json.dump(taking.names(), file)
    if killed:
        os.kill(os.getpid(), signal.SIGKILL)
    del own


class Astray(RuntimeError):
    """A child went another way than was written; what is left then says nothing."""


def _run_a_child(target: Callable[..., None], args: tuple[Any, ...], killed: bool = False) -> None:
    process = processes.context().Process(target=target, args=args)
    process.start()
    process.join(_SECONDS)
    if process.exitcode is None:
        process.terminate()
        raise Astray("the child has not ended")
    # A parent that learns it from a forkserver may not learn of what a process died.
    if (process.exitcode != 0) != killed:
        raise Astray(f"the child ended with exit code {process.exitcode}")


# As a program.

# What is printed last by a program that came to its end as it should.
AS_WRITTEN = "as written"


def main(backend: str, method: str, ending: str) -> None:
    """Make objects, start a child with them, and end: by `ending`.

    That is "dropped", "kept" for an end with objects that are still there, "exception" or "killed";
    with "child killed" it is the child who is, and the objects are dropped.
    Prints in lines what `taking.names` returns: before anything is made, after it, and in the
    child; then, right before the end, `AS_WRITTEN`.
    """
    _tell()
    processes.use_start_method(backend, method)
    objects = make(backend, 3)
    fill(objects)
    _tell()
    killed = ending == "child killed"
    _run_a_child(child_main, (backend, objects, None, killed), killed)
    print(json.dumps(AS_WRITTEN), flush=True)
    if ending in ("dropped", "child killed"):
        objects.clear()
        gc.collect()
        return
    _kept.extend(objects)
    if ending == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if ending == "exception":
        raise RuntimeError("so it ends")


def _tell() -> None:
    print(json.dumps(taking.names()), flush=True)


# Round after round.

# Names of shared memory that this process had at some time, or a child of it.
_names: taking.Names = {}


def one_round(backend: str, count: int) -> dict[str, int | None]:
    """Make objects, start a child with some of them and drop them all; return what is left.

    That is how many there are of each sort; None where the system does not tell.
    """
    objects = make(backend, count)
    fill(objects)
    _note_names()
    told = os.path.join(tempfile.gettempdir(), "told.json")
    _run_a_child(child_main, (backend, objects[::count], told))
    with open(told) as file:
        _names.update(json.load(file) or {})
    os.unlink(told)
    del objects
    _collect()
    return {
        "file descriptors": taking.descriptors(),
        "names of shared memory": _count_names(),
        "temporary files": taking.files(tempfile.gettempdir()),
        "threads": taking.threads(),
        "processes": taking.processes(),
    }


@atexit.register
def _remove_names() -> None:
    # What the process has, or has made, the stage knows of: it looks when the process has gone.
    own = taking.names() or {}
    taking.remove({name: number for name, number in _names.items() if name not in own})


def _note_names() -> None:
    _names.update(taking.names() or {})


def _count_names() -> int | None:
    if taking.names() is None:
        return None
    left = taking.still_there(_names)
    _names.clear()
    _names.update(left)
    return len(left)


def _collect() -> None:
    # What only a finalizer gives back may take another round where memory is not counted.
    gc.collect()
    gc.collect()


def taken_after(raw_array: Any, count: int, size: int) -> int | None:
    """Make and fill arrays that are there at the same time, drop them; return the memory taken."""
    arrays = [raw_array(ctypes.c_char, size) for _ in range(count)]
    fill(arrays)
    return _taken_without(arrays)


def taken_after_small(raw_array: Any, count: int, size: int, backend: str) -> int | None:
    """Like `taken_after`, with arrays, wrapped arrays and wrapped structures by turns.

    The wrappers have one lock: to make many takes long, and is not what is looked at.
    """
    module, lock = importlib.import_module(backend), processes.new_lock("RLock")
    makings: list[Callable[[], Any]] = [lambda: raw_array(ctypes.c_char, size)]
    if hasattr(module, "Array"):
        makings.append(lambda: module.Array(ctypes.c_char, size, lock=lock))
    if hasattr(module, "Value"):
        makings.append(lambda: module.Value(_Small, lock=lock))
    objects = [makings[number % len(makings)]() for number in range(count)]
    fill(objects)
    return _taken_without(objects)


class _Small(ctypes.Structure):
    _fields_ = (("text", ctypes.c_char * SMALL),)


def taken_after_a_child(raw_array: Any, count: int, size: int) -> int | None:
    """Like `taken_after`, and in between a child is given the arrays, and ends."""
    arrays = [raw_array(ctypes.c_char, size) for _ in range(count)]
    fill(arrays)
    _run_a_child(fill, (arrays,))
    return _taken_without(arrays)


class _Refuses:
    """What cannot be given to a process that does not start as a copy."""

    def __reduce__(self) -> Any:
        raise TypeError("it is not for others")


class _Broken:
    """A standard output whose reader has gone, as whoever starts a copy of its process finds it."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        raise BrokenPipeError("nobody reads any more")


def taken_after_a_failed_start(raw_array: Any, count: int, size: int, method: str) -> int | None:
    """Like `taken_after`, and in between the arrays are given to a process that cannot start."""
    arrays = [raw_array(ctypes.c_char, size) for _ in range(count)]
    fill(arrays)
    process = processes.context().Process(target=fill, args=(arrays, _Refuses()))
    stdout = sys.stdout
    if method == "fork":
        sys.stdout = _Broken()
    try:
        process.start()
    except Exception:  # it may be any
        del process
        return _taken_without(arrays)
    finally:
        sys.stdout = stdout
    process.join(_SECONDS)
    raise RuntimeError("the process was started all the same")


def _taken_without(arrays: list[Any]) -> int | None:
    _note_names()
    arrays.clear()
    _collect()
    _count_names()
    return taking.memory(_names)
