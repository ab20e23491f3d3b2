"""Area `fault`: shared memory, descriptors and processes that run out, and programs that end.

Each is a program of its own, since it may die of it. Memory is filled up in a mount namespace that
nobody else sees: where that takes privileges which there are not, nothing is judged. Which folders
a backend uses is not known, so those that the standard library uses are full.
"""

from __future__ import annotations

from ...stage.findings import NotKept, Unjudged
from ...stage.program import expect_children_of_programs, run_program
from ...stage.stage import Stage
from ..kit.check import check

# A part of the programs: objects that were made when something ran out are shared all the same.
_EXPECT_SHARED = """\
def write(arrays):
    for array in arrays:
        array[1] = 99


def expect_shared(arrays, contexts, method):
    child = contexts.get_context(method).Process(target=write, args=(arrays,))
    try:
        child.start()
    except OSError:
        return  # it is refused what a start takes
    child.join()
    private = sum(array[1] != 99 for array in arrays)
    if child.exitcode == 0 and private:
        print("what a child wrote is not in", private, "of", len(arrays), "arrays")
"""

_NO_NAMESPACE = "no namespace"

_FULL = """\
import ctypes
import os
import sys
import tempfile

import {contexts} as contexts

NEWNS, NEWUSER, REC_PRIVATE = 0x20000, 0x10000000, 0x44000

{expect_shared}

def enter_namespace(libc):
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEWNS):
        if libc.unshare(NEWNS | NEWUSER):
            return False
        for name, text in (
            ("setgroups", "deny"), ("uid_map", f"0 {{user}} 1"), ("gid_map", f"0 {{group}} 1"),
        ):
            with open(f"/proc/self/{{name}}", "w") as file:
                file.write(text)
    if libc.mount(b"none", b"/", None, REC_PRIVATE, None):
        return False
    folders = [b"/dev/shm", os.fsencode(tempfile.gettempdir())]
    return not any(libc.mount(b"tmpfs", one, b"tmpfs", 0, b"size=1m") for one in folders)


def fill():
    for folder in ("/dev/shm", tempfile.gettempdir()):
        descriptor = os.open(folder + "/full", os.O_CREAT | os.O_WRONLY)
        try:
            while os.write(descriptor, bytes(4096)):
                pass
        except OSError:
            pass


def main(method, first):
    try:
        entered = enter_namespace(ctypes.CDLL(None))
    except (OSError, AttributeError):
        entered = False
    if not entered:
        print({no_namespace!r})
        return
    from {backend} import RawArray

    made = [RawArray("B", 16)] if first else []
    fill()
    problem = None
    try:
        for number in range(40):
            made.append(RawArray("B", 32768))
            made[-1][:] = [number + 1] * len(made[-1])
    except Exception as raised:
        problem = raised
    if problem is not None and not isinstance(problem, (OSError, MemoryError)):
        print("it raised " + type(problem).__name__ + ", should be OSError or MemoryError")
        return
    for array in made:
        if len(set(array)) > 1:
            print("an array does not hold what was written into it")
            return
    contexts.set_start_method(method)
    expect_shared(made, contexts, method)
    print("well")


if __name__ == "__main__":
    method, when = sys.argv[1].split(":")
    main(method, when == "after")
"""


def _expect_well(stage: Stage, when: str) -> None:
    printed, _ = run_program(
        stage,
        _FULL,
        "RawArray",
        argument=f"{stage.target.method}:{when}",
        expect_shared=_EXPECT_SHARED,
        no_namespace=_NO_NAMESPACE,
    )
    if printed == [_NO_NAMESPACE]:
        raise Unjudged("this user may not mount a file system of its own, not even for itself")
    if printed != ["well"]:
        raise NotKept(f"making and filling arrays with no shared memory left: {'; '.join(printed)}")


@check("fault.full-memory-raises-before-the-first-object")
def test_full_before(stage: Stage) -> None:
    _expect_well(stage, "before")


@check("fault.full-memory-raises-after-the-first-object")
def test_full_after(stage: Stage) -> None:
    _expect_well(stage, "after")


_FEW_DESCRIPTORS = """\
import os
import resource
import sys

import {contexts} as contexts
from {backend} import RawArray

{expect_shared}


def make(made):
    made.append(RawArray("B", 1 << 20))
    made[-1][0] = made[-1][-1] = len(made)


def main():
    made = []
    make(made)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    problem = None
    try:
        for _ in range(20):
            make(made)
    except Exception as raised:
        problem = raised
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if problem is not None and not isinstance(problem, (OSError, MemoryError)):
        print("it raised " + type(problem).__name__ + ", should be OSError or MemoryError")
        return
    try:
        make(made)
    except Exception as raised:
        print("with descriptors again, it still raised " + type(raised).__name__)
        return
    if any((array[0], array[-1]) != (n, n) for n, array in enumerate(made, 1)):
        print("an array does not hold what was written into it")
        return
    contexts.set_start_method(sys.argv[1])
    expect_shared(made, contexts, sys.argv[1])
    print("well")


if __name__ == "__main__":
    main()
"""


@check("fault.descriptor-limit-raises")
def test_descriptor_limit(stage: Stage) -> None:
    printed, _ = run_program(stage, _FEW_DESCRIPTORS, "RawArray", expect_shared=_EXPECT_SHARED)
    if printed != ["well"]:
        raise NotKept(f"making arrays with no descriptor left: {'; '.join(printed)}")


_NO_LIMIT = "no limit"

_FEW_PROCESSES = """\
import os
import resource
import sys
from contextlib import contextmanager

import {contexts} as contexts

NOBODY = 65534


@contextmanager
def no_more_processes():
    root = os.getuid() == 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, hard))
    try:
        if root:  # for whom there is no such limit
            os.setresuid(NOBODY, NOBODY, 0)
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
        resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))


def is_limited():
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


def change(value, array):
    value.value += 1
    array[0] += 1


def expect_changed(value, array, times):
    found, wanted = [value.value, array[0], array[1]], [times, times, 7]
    if found != wanted:
        print("the objects hold", found, "after", times, "children, should hold", wanted)
    free = value.acquire(False)
    if not free:
        print("after", times, "children the lock is held")
    else:
        value.release()


def start(value, array):
    process = contexts.get_context(sys.argv[1]).Process(target=change, args=(value, array))
    process.start()
    process.join()
    if process.exitcode:
        print("a child ended with exit code", process.exitcode)


def main():
    from {backend} import RawArray, Value

    contexts.set_start_method(sys.argv[1])
    objects = Value("i", 0), RawArray("i", [0, 7])
    # Helpers of the start method have to be there before the limit is.
    start(*objects)
    expect_changed(*objects, 1)
    if not is_limited():
        print({no_limit!r})
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
"""


@check("fault.refused-processes-change-nothing")
def test_refused_processes(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    printed, _ = run_program(stage, _FEW_PROCESSES, "RawArray", "Value", no_limit=_NO_LIMIT)
    if printed == [_NO_LIMIT]:
        raise Unjudged("this user may start processes whatever limit there is")
    if printed:
        raise NotKept(f"a program that was refused a process: {'; '.join(printed)}")
