"""A program whose end is looked at: shared objects are made, given to a child, dropped or kept.

It is run by `python -m` with the arguments of `main`, under either name of this package.

It reports the names of shared memory that it has while it runs: afterwards nothing would tell whose
a name was that is found then.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from ..runtime import memory, processes
from ..runtime.children import run_child
from ..system import leaked_names, resources

_SORTS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("RawValue", ("i", 7)),
    ("RawArray", ("d", 100)),
    ("RawArray", ("c", 300_000)),
    ("Value", ("i", 7)),
    ("Value", (ctypes.c_double, 0.5)),
    ("Array", ("i", (1, 2, 3))),
    ("Array", ("c", b"some text")),
)

# What is alive when the program ends.
_alive: list[Any] = []


# The functions that make them.
MAKERS = ("RawValue", "RawArray", "Value", "Array")


def make(backend: str, count: int, makers: Sequence[str]) -> list[Any]:
    """Make `count` objects of each sort by some makers, and wrap some more.

    Functions that the backend does not have are left out.
    """
    module = importlib.import_module(backend)
    makers = [maker for maker in makers if hasattr(module, maker)]
    sorts = [(maker, args) for maker, args in _SORTS if maker in makers]
    made = [getattr(module, maker)(*args) for maker, args in sorts for _ in range(count)]
    if hasattr(module, "synchronized") and "RawArray" in makers:
        made += [module.synchronized(module.RawArray("i", 3)) for _ in range(count)]
    return made


def fill(objects: list[Any]) -> None:
    """Write into every byte of objects."""
    for obj in objects:
        raw = memory.object_of(obj)
        ctypes.memset(ctypes.addressof(raw), 1, ctypes.sizeof(raw))


def child_main(
    backend: str,
    objects: list[Any],
    makers: Sequence[str],
    report: str | None = None,
    killed: bool = False,
) -> None:
    """Use what was inherited, and make as much again, which goes with this process.

    Its names are written to the file `report`, or printed.
    """
    fill(objects)
    own = make(backend, 1, makers)
    fill(own)
    if report is None:
        _print_names()
    else:
        with open(report, "w") as file:
            json.dump(resources.names(), file)
    if killed:
        os.kill(os.getpid(), signal.SIGKILL)
    del own


class ScenarioFailed(RuntimeError):
    """The scenario did not run as scripted; its leftovers prove nothing."""


def run_child_as_scripted(target: Callable[..., None], *args: Any, killed: bool = False) -> None:
    """Start a child and wait for its end; raises ScenarioFailed if it ends in an unexpected way.

    It should end with exit code 0, and if it is to be `killed`, with any other.
    """
    ended = run_child(target, *args)
    # A parent that learns it from a forkserver may not learn of what a process died.
    if ended.exit_code is None or (ended.exit_code != 0) != killed:
        raise ScenarioFailed(f"the child {ended}")


# What is printed last by a program that ran to its end as scripted.
COMPLETED = "as written"


def main(backend: str, method: str, ending: str, *makers: str) -> None:
    """Make objects by some makers, start a child with them, and end: by `ending`.

    That is "dropped", "kept" for an end with objects that are alive, "exception" or "killed"; with
    "child killed" the child is killed, and the objects are dropped.
    Prints in lines what `resources.names` returns: before anything is made, after it, and in the
    child; then, right before the end, `COMPLETED`.
    """
    _print_names()
    leaked_names.note_existing()
    processes.use_start_method(backend, method)
    objects = make(backend, 3, makers)
    fill(objects)
    _print_names()
    killed = ending == "child killed"
    run_child_as_scripted(child_main, backend, objects, makers, None, killed, killed=killed)
    print(json.dumps(COMPLETED), flush=True)
    if ending in ("dropped", "child killed"):
        objects.clear()
        gc.collect()
        return
    _alive.extend(objects)
    if ending == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if ending == "exception":
        raise RuntimeError("the program ends by this")


def _print_names() -> None:
    print(json.dumps(resources.names()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
