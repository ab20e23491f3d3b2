"""Area `fault`: shared memory and descriptors that run out.

Each is a program of its own, since it may die of it. Memory is filled up in a mount namespace that
nobody else sees: where that takes privileges which there are not, nothing is judged. Which folders
a backend uses is not known, so those that the standard library uses are full.
"""

from __future__ import annotations

from ..stage.findings import NotKept, Unjudged
from ..stage.program import run_program
from ..stage.stage import Stage
from .check import check

_NO_NAMESPACE = "no namespace"

_FULL = """\
import ctypes
import os
import sys
import tempfile

NEWNS, NEWUSER, REC_PRIVATE = 0x20000, 0x10000000, 0x44000


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


def main(first):
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
    print("well")


if __name__ == "__main__":
    main(sys.argv[1] == "after")
"""


def _expect_well(stage: Stage, when: str) -> None:
    stage.name_in_backend("RawArray")
    source = _FULL.format(backend=stage.target.backend, no_namespace=_NO_NAMESPACE)
    printed = run_program(stage.target, source, when).strip()
    if printed == _NO_NAMESPACE:
        raise Unjudged("this user may not mount a file system of its own, not even for itself")
    if printed != "well":
        raise NotKept(f"making and filling arrays with no shared memory left: {printed}")


@check("fault.full-memory-raises-before-the-first-object")
def test_full_before(stage: Stage) -> None:
    _expect_well(stage, "before")


@check("fault.full-memory-raises-after-the-first-object")
def test_full_after(stage: Stage) -> None:
    _expect_well(stage, "after")
