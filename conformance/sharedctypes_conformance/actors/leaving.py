"""A scenario whose end is looked at: shared objects are made, given to a child, dropped or kept.

It runs as a program of its own (`main`), or round after round in an actor (`one_round`). What it
has in the folder of shared memory it tells while it runs, for afterwards nobody could say whose a
name was that is found there.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import signal
from typing import Any

from . import processes

_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - it is only looked at
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


def child_main(backend: str, objects: list[Any], tells: bool) -> None:
    """Use what was inherited, and make as much again, which goes with this process."""
    fill(objects)
    own = make(backend, 1)
    fill(own)
    if tells:
        _tell()
    del own


def _give_to_a_child(backend: str, objects: list[Any], tells: bool) -> None:
    process = processes.context().Process(target=child_main, args=(backend, objects, tells))
    process.start()
    process.join(_SECONDS)
    if process.exitcode is None:
        process.terminate()
        raise RuntimeError("the child has not ended")
    if process.exitcode != 0:
        raise RuntimeError(f"the child ended with exit code {process.exitcode}")


# As a program.


def main(backend: str, method: str, ending: str) -> None:
    """Make objects, start a child with them, and end: by `ending`.

    That is "dropped", "kept" for an end with objects that are still there, "exception" or "killed".
    Prints in lines what `_names` returns: before anything is made, after it, and in the child.
    """
    _tell()
    processes.use_start_method(backend, method)
    objects = make(backend, 3)
    fill(objects)
    _tell()
    _give_to_a_child(backend, objects, True)
    if ending == "dropped":
        objects.clear()
        gc.collect()
        return
    _kept.extend(objects)
    if ending == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if ending == "exception":
        raise RuntimeError("so it ends")


def _tell() -> None:
    print(json.dumps(_names()), flush=True)


def _names() -> dict[str, int] | None:
    """Return which names in the folder of shared memory are this process's, with files' numbers.

    They are looked up by what it has mapped or open, because a file need not have been opened by
    the name that it has now: those of semaphores are not. None where the system does not tell.
    """
    try:
        with open("/proc/self/maps") as maps:
            mapped = [line.split(None, 5) for line in maps]
        descriptors = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
        names = os.listdir(_SHARED_MEMORY)
    except OSError:
        return None
    held = {int(line[4]) for line in mapped if len(line) > 5 and line[5].startswith(_SHARED_MEMORY)}
    home = _stat(_SHARED_MEMORY)
    opened = [_stat(descriptor) for descriptor in descriptors]
    held |= {stat.st_ino for stat in opened if stat and home and stat.st_dev == home.st_dev}
    found = {}
    for name in names:
        stat = _stat(f"{_SHARED_MEMORY}/{name}")
        if stat and stat.st_ino in held:
            found[f"{_SHARED_MEMORY}/{name}"] = stat.st_ino
    return found


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


# Round after round.


def one_round(backend: str, count: int) -> int | None:
    """Make objects, start a child with some of them and drop them all; return what is left open.

    That is the number of file descriptors, or None where the system does not list them.
    """
    objects = make(backend, count)
    fill(objects)
    _give_to_a_child(backend, objects[::count], False)
    del objects
    gc.collect()
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return None


def resident_after_a_large_one(raw_array: Any, size: int) -> int | None:
    """Make, fill and drop an array; return how many bytes this process has in memory then.

    That is None where the system does not tell.
    """
    array = raw_array(ctypes.c_char, size)
    fill([array])
    del array
    gc.collect()
    try:
        with open("/proc/self/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmRSS"].split()[0]) * 1024
    except (OSError, KeyError):
        return None
