"""The program cannot start a process to which it passes objects, which keep their contents.

Prints what is wrong, or "no limit" if the limit on processes does not apply to the user.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

contexts = import_contexts()

NOBODY = 65534


@contextmanager
def no_more_processes() -> Iterator[None]:
    root = os.getuid() == 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, hard))
    try:
        if root:  # to which the limit does not apply
            os.setresuid(NOBODY, NOBODY, 0)
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
        resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))


def is_limited() -> bool:
    try:
        with no_more_processes():
            pid = os.fork()
            if not pid:
                os._exit(0)
    except BlockingIOError:
        return True
    except OSError:  # there is no such user here
        return False
    os.waitpid(pid, 0)
    return False


def change(value: Any, array: Any) -> None:
    value.value += 1
    array[0] += 1


def expect_changed(value: Any, array: Any, times: int) -> None:
    found, wanted = [value.value, array[0], array[1]], [times, times, 7]
    if found != wanted:
        say("the objects hold", found, "after", times, "children, should hold", wanted)
    free = value.acquire(False)
    if not free:
        say("after", times, "children the lock is held")
    else:
        value.release()


def start(value: Any, array: Any) -> None:
    process = contexts.get_context(start_method()).Process(target=change, args=(value, array))
    process.start()
    process.join()
    if process.exitcode:
        say("a child ended with exit code", process.exitcode)


def main() -> None:
    backend = import_backend()
    contexts.set_start_method(start_method())
    objects = backend.Value("i", 0), backend.RawArray("i", [0, 7])
    # The helper processes of the start method have to run before the limit applies.
    start(*objects)
    expect_changed(*objects, 1)
    if not is_limited():
        say("no limit")
        return
    times = 2
    try:
        with no_more_processes():
            start(*objects)
    except OSError:
        times = 1
    expect_changed(*objects, times)
    start(*objects)
    expect_changed(*objects, times + 1)


if __name__ == "__main__":
    main()
