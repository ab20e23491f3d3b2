"""A resource runs out while arrays are created: the next one raises, and the others are shared.

The variant says what and when: "memory before the first object", "memory after the first object",
"descriptors", "descriptors for locks". Memory is filled up in a mount namespace, which no other
program sees. Which folders a backend uses is not known, so those that the standard library uses are
filled.

Prints "well" if nothing is wrong, and "no namespace" where the user may not create one.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import tempfile
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method, variant

contexts = import_contexts()

NEWNS, NEWUSER, REC_PRIVATE = 0x20000, 0x10000000, 0x44000


# A lock may take several descriptors at once, the first one even those of a helper.
MOST_FREE = 8


def write(arrays: list[Any]) -> None:
    for array in arrays:
        array[1] = 99


def count(values: list[Any]) -> None:
    for value in values:
        with value:
            value.value += 1


def expect_shared(arrays: list[Any]) -> None:
    """Print it if arrays that were created when a resource ran out are not shared."""
    child = contexts.get_context(start_method()).Process(target=write, args=(arrays,))
    try:
        child.start()
    except OSError:
        return  # a start takes the resource too
    child.join()
    private = sum(array[1] != 99 for array in arrays)
    if child.exitcode == 0 and private:
        say("what a child wrote is not in", private, "of", len(arrays), "arrays")


def is_refusal(problem: Exception | None) -> bool:
    """Return whether a call succeeded, or raised what it may; print what else it raised."""
    if problem is None or isinstance(problem, (OSError, MemoryError)):
        return True
    say("it raised " + type(problem).__name__ + ", should be OSError or MemoryError")
    return False


def enter_namespace(libc: Any, folders: list[bytes], size: bytes) -> bool:
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEWNS):
        if libc.unshare(NEWNS | NEWUSER):
            return False
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"0 {user} 1"),
            ("gid_map", f"0 {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    if libc.mount(b"none", b"/", None, REC_PRIVATE, None):
        return False
    return not any(libc.mount(b"tmpfs", one, b"tmpfs", 0, b"size=" + size) for one in folders)


def fill() -> None:
    for folder in ("/dev/shm", tempfile.gettempdir()):
        descriptor = os.open(folder + "/full", os.O_CREAT | os.O_WRONLY)
        with contextlib.suppress(OSError):
            while os.write(descriptor, bytes(4096)):
                pass


def arrays_without_memory(first: bool) -> list[Any] | None:
    """Return arrays that were created with memory full; None if a problem was printed.

    `first`: one was created before.
    """
    try:
        folders = [b"/dev/shm", os.fsencode(tempfile.gettempdir())]
        entered = enter_namespace(ctypes.CDLL(None), folders, b"1m")
    except (OSError, AttributeError):
        entered = False
    if not entered:
        say("no namespace")
        return None
    backend = import_backend()
    made = [backend.RawArray("B", 16)] if first else []
    fill()
    problem = None
    try:
        for number in range(40):
            made.append(backend.RawArray("B", 32768))
            made[-1][:] = [number + 1] * len(made[-1])
    except Exception as raised:
        problem = raised
    if not is_refusal(problem):
        return None
    if any(len(set(array)) > 1 for array in made):
        say("an array does not hold what was written into it")
        return None
    return made


def arrays_without_descriptors() -> list[Any] | None:
    """Return arrays that were created with no descriptor left; None if a problem was printed."""
    backend = import_backend()
    made: list[Any] = []

    def make() -> None:
        made.append(backend.RawArray("B", 1 << 20))
        made[-1][0] = made[-1][-1] = len(made)

    make()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    problem = None
    try:
        for _ in range(20):
            make()
    except Exception as raised:
        problem = raised
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if not is_refusal(problem):
        return None
    try:
        make()
    except Exception as raised:
        say("with descriptors available again, it still raised " + type(raised).__name__)
        return None
    if any((array[0], array[-1]) != (n, n) for n, array in enumerate(made, 1)):
        say("an array does not hold what was written into it")
        return None
    return made


def values_with_few_descriptors() -> list[Any] | None:
    """Return values with locks, of which some were refused; None if a problem was printed.

    With each number of descriptors that are left: what is refused half-way must be undone. Where it
    is not, names remain that nobody knows, if possible in a namespace that ends with the program.
    """
    with contextlib.suppress(OSError, AttributeError):
        enter_namespace(ctypes.CDLL(None), [b"/dev/shm"], b"256m")
    backend = import_backend()
    raw = backend.RawValue("i")
    made: list[Any] = []
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    for left in range(MOST_FREE):
        resource.setrlimit(resource.RLIMIT_NOFILE, (free + left, hard))
        problem = None
        try:
            made.append(backend.synchronized(raw))
            made.append(backend.Value("i"))
        except Exception as raised:
            problem = raised
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        if not is_refusal(problem):
            return None
    try:
        made.append(backend.Value("i"))
        for value in made:
            with value:
                value.value = 0
    except Exception as raised:
        say("with descriptors available again, it still raised " + type(raised).__name__)
        return None
    return [value for value in made if value.get_obj() is not raw]


def expect_counted(values: list[Any]) -> None:
    """Print it if values that were created when descriptors ran out do not work in a child."""
    child = contexts.get_context(start_method()).Process(target=count, args=(values,))
    child.start()
    child.join()
    count(values)
    wrong = sum(value.value != 2 for value in values)
    if child.exitcode or wrong:
        say(wrong, "of", len(values), "values are wrong; a child gave exit code", child.exitcode)


def main() -> None:
    contexts.set_start_method(start_method())
    if variant() == "descriptors for locks":
        values = values_with_few_descriptors()
        if values is not None:
            expect_counted(values)
            say("well")
        return
    what, _, when = variant().partition(" ")
    if what == "memory":
        arrays = arrays_without_memory(first=when.startswith("after"))
    else:
        arrays = arrays_without_descriptors()
    if arrays is not None:
        expect_shared(arrays)
        say("well")


if __name__ == "__main__":
    main()
