"""The program calls `os.fork()`, of which `multiprocessing` knows nothing; both processes run on.

Prints what is wrong, or "refused" if the forked process cannot create objects.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

contexts = import_contexts()
backend = import_backend()

# What is here is still alive when a process runs its exit handlers.
kept: list[Any] = []

SIZES = (1, 10, 100, 1000, 100_000)
REFUSED = 5


def filled_arrays(mark: int) -> list[Any]:
    made = [backend.RawArray("i", size) for size in SIZES for _ in range(3)]
    made += [backend.Array("i", size).get_obj() for size in SIZES]
    for array in made:
        array[:] = [mark] * len(array)
    return made


def corrupted(arrays: list[Any], mark: int) -> int:
    return sum(set(array) != {mark} for array in arrays)


def change(*objects: Any) -> None:
    for obj in objects:
        obj[0] += 1


def expect_shared(objects: tuple[Any, ...], what: str) -> None:
    before = [obj[0] for obj in objects]
    child = contexts.get_context(start_method()).Process(target=change, args=objects)
    child.start()
    child.join(20)
    missed = sum(obj[0] != was + 1 for obj, was in zip(objects, before))
    if missed or child.exitcode:
        say("what a child wrote is not in", missed, "of", len(objects), what, end=" ")
        say("and its exit code is", child.exitcode)


def run_forked(here: int, there: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a traceback at its end is not judged
    try:
        mine = filled_arrays(2)
    except Exception:
        os._exit(REFUSED)
    # Each process sends the other one a byte when its arrays are filled.
    os.write(there, b"1")
    os.read(here, 1)
    if corrupted(mine, 2):
        say("of", len(mine), "arrays of the forked process", corrupted(mine, 2), end=" ")
        say("have wrong bytes")
    sys.exit(0)


def main() -> None:
    contexts.set_start_method(start_method())
    old = (backend.RawArray("i", 10), backend.Array("d", 10), backend.RawArray("i", 200_000))
    kept.append(old)
    for obj in old:
        obj[:] = [3] * len(obj)
    expect_shared(old, "objects")
    here, to_parent = os.pipe()
    to_child, there = os.pipe()
    forked = os.fork()
    if not forked:
        run_forked(to_child, to_parent)
    os.close(to_parent)
    mine = filled_arrays(1)
    if os.read(here, 1):
        os.write(there, b"1")
    _, status = os.waitpid(forked, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == REFUSED:
        say("refused")
        return
    if status:
        say("waitpid() gave status", status, "for the forked process, should be 0")
    changed = sum(obj[:] != [4] + [3] * (len(obj) - 1) for obj in old)
    if changed:
        say("of", len(old), "objects from before the fork", changed, "have changed")
    if corrupted(mine, 1):
        say("of", len(mine), "arrays of its parent", corrupted(mine, 1), "have wrong bytes")
    expect_shared(old, "objects from before the fork")
    new = (backend.RawArray("i", 10), backend.Array("d", 10))
    expect_shared(new, "objects created after the fork")


if __name__ == "__main__":
    main()
