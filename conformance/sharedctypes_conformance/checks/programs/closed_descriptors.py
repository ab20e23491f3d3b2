"""The program closes all descriptors, opens files of its own, and passes objects to a child.

Daemons close all descriptors. The files that they open get the same numbers: who goes by the number
of a descriptor alone gives a child the program's file, which it takes for shared memory. So a start
may raise, and a child may fail, but none may write into a file of the program's. Nor may the end of
a child that was started before close what the program has opened since.

Prints what is wrong, if anything is.
"""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
import time
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

contexts = import_contexts()

# As large as the memory of the objects, or it could not be taken for that.
CONTENT = bytes([1]) * (4 << 20)
# An object of which a backend may put many into one file, and one that has a file for itself.
SIZES = (16, 1 << 20)
MOST_DESCRIPTORS, OPENED = 1024, 100
SECONDS = 20


def write(objects: list[Any]) -> None:
    for obj in objects:
        obj[0] = obj[-1] = 7


def fork_early(backend: Any) -> tuple[int, list[Any]]:
    """Fork a child that has an object until that is marked; return its number and the object.

    It is no Process, which would close by its numbers what it has opened itself.
    """
    objects = [backend.RawArray("B", 16)]
    child = os.fork()
    if not child:
        until = time.monotonic() + SECONDS
        while not objects[0][0] and time.monotonic() < until:
            time.sleep(0.02)  # no lock or pipe, whose descriptors are closed meanwhile
        os._exit(0)
    return child, objects


def end(child: int, objects: list[Any]) -> None:
    """Let that child end; its object stays, since whoever drops one may close what that opened."""
    objects[0][0] = 1
    os.waitpid(child, 0)


def make_and_drop(backend: Any) -> None:
    """Make objects and drop them, by which a backend may notice that a child has ended."""
    for size in SIZES * 2:
        # What it needs for that may have been closed.
        with contextlib.suppress(Exception):
            backend.RawArray("B", size)
        gc.collect()


def open_files(path: str) -> list[int]:
    """Close all descriptors but the standard ones; return others by the same numbers."""
    os.closerange(3, MOST_DESCRIPTORS)
    return [os.open(path, os.O_RDWR) for _ in range(OPENED)]


def is_open(descriptor: int, path: str) -> bool:
    """Return whether the number is that of the program's file, and of nothing opened since."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except OSError:
        return False


def share(objects: list[Any]) -> int | None:
    """Return the exit code of a child that writes, -1 if it cannot be started."""
    child = contexts.get_context(start_method()).Process(target=write, args=(objects,))
    try:
        child.start()
    except Exception:  # what was closed cannot be passed on, however it is said
        return -1
    until = time.monotonic() + SECONDS
    while child.exitcode is None and time.monotonic() < until:
        child.join(0.1)
    if child.exitcode is None:
        child.terminate()
        say("a child with objects hung")
        return None
    return int(child.exitcode)


def main() -> None:
    backend = import_backend()
    descriptor, path = tempfile.mkstemp()
    try:
        os.write(descriptor, CONTENT)
        objects = [backend.RawArray("B", size) for size in SIZES]
        early = fork_early(backend)
        files = open_files(path)
        end(*early)
        make_and_drop(backend)
        closed = [file for file in files if not is_open(file, path)]
        if closed:
            say("a file of the program's was closed when a child had ended, number", closed[0])
        code = share(objects)
        with open(path, "rb") as file:
            if file.read() != CONTENT:
                say("a child wrote into a file of the program's, and gave exit code", code)
        if code == 0 and any((obj[0], obj[-1]) != (7, 7) for obj in objects):
            say("what a child wrote, which gave exit code 0, is not in the objects")
    finally:
        os.unlink(path)


if __name__ == "__main__":
    contexts.set_start_method(start_method())
    main()
