"""A program whose end is looked at: shared objects are made, given to a child, dropped or kept.

It is run by `python -m` with the arguments of `main`, under either name of this package.

What names it has it tells while it runs, for afterwards nobody could say whose a name was that is
found then.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from ..runtime import memory, processes
from ..system import leaked_names
from ..system import resources as taking

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
        raw = memory.object_of(obj)
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


def run_a_child(target: Callable[..., None], args: tuple[Any, ...], killed: bool = False) -> None:
    """Start a child and wait for its end; raises Astray if it comes otherwise than it should."""
    process = processes.context().Process(target=target, args=args)
    process.start()
    code = processes.end_of(process)
    if code is None:
        raise Astray("the child has not ended")
    # A parent that learns it from a forkserver may not learn of what a process died.
    if (code != 0) != killed:
        raise Astray(f"the child ended with exit code {code}")


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
    leaked_names.note_existing()
    processes.use_start_method(backend, method)
    objects = make(backend, 3)
    fill(objects)
    _tell()
    killed = ending == "child killed"
    run_a_child(child_main, (backend, objects, None, killed), killed)
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


if __name__ == "__main__":
    main(*sys.argv[1:])
