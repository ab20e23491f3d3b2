"""A program that closes all descriptors, as daemons do, has files of its own by their numbers."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from .backend import MODULE, backend
from .targets import BOUND

# Each file is as large as an arena, so that what is mapped in its stead is written to.
PREAMBLE = """
import gc, multiprocessing, os, sys
import {module} as backend

CONTENT = bytes([1]) * (1 << 17)
paths = [sys.argv[1] + str(number) for number in range(60)]

def close_all_and_open():
    os.closerange(3, 256)
    for path in paths:
        with open(path, "wb") as file:
            file.write(CONTENT)
    return [os.open(path, os.O_RDWR) for path in paths]

def report(files):
    closed = spoilt = 0
    for path, file in zip(paths, files):
        try:
            os.fstat(file)
        except OSError:
            closed += 1
        with open(path, "rb") as again:
            spoilt += again.read() != CONTENT
    print("closed", closed, "spoilt", spoilt, flush=True)

def release():
    for _ in range(4):
        gc.collect()
    backend.RawValue("i")  # takes back what has been released

def write(shared, number):
    shared[0] = number
"""
FINE = "closed 0 spoilt 0"


def said_by(program: str, directory: Path, *arguments: str) -> list[str]:
    """Run the program after the preamble, and return the lines that it prints."""
    path = directory / "program.py"
    path.write_text(PREAMBLE.format(module=MODULE) + textwrap.dedent(program))
    done = subprocess.run(
        [sys.executable, str(path), str(directory / "file"), *arguments],
        capture_output=True,
        text=True,
        timeout=BOUND,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("size", [50_000, 9 << 20])
def test_dropped_objects_close_no_file_of_the_programs(size: int, tmp_path: Path) -> None:
    program = f"""
    shared = [backend.RawArray("c", {size}) for _ in range(3)]
    files = close_all_and_open()
    del shared
    release()
    report(files)
    """
    assert said_by(program, tmp_path) == [FINE]


def test_objects_at_the_end_of_a_program_close_no_file_of_its_own(tmp_path: Path) -> None:
    program = """
    shared = backend.RawArray("c", 9 << 20)
    os.closerange(3, 256)
    sys.files = [open(path, "w") for path in paths]  # modules are cleared before `sys` is
    for file in sys.files:
        file.write("written when the program ends")
        if sys.implementation.name == "pypy":
            file.flush()  # it leaves that to the program
    del file
    """
    said_by(program, tmp_path)
    texts = {path.read_text() for path in tmp_path.glob("file*")}
    assert texts == {"written when the program ends"}


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_child_writes_to_no_file_of_the_programs(method: str, tmp_path: Path) -> None:
    program = """
    def main():
        ctx = multiprocessing.get_context(sys.argv[2])
        shared = backend.RawArray("i", [1, 2])
        files = close_all_and_open()
        child = ctx.Process(target=write, args=(shared, 77))
        try:
            child.start()
        except OSError as error:
            print("refused:", error.strerror[:14], shared[:])
        else:
            child.join()
            print("ended:", child.exitcode, shared[:])
        report(files)

    if __name__ == "__main__":
        main()
    """
    said = "ended: 0 [77, 2]" if method == "fork" else "refused: The descriptor [1, 2]"
    assert said_by(program, tmp_path, method) == [said, FINE]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_what_is_made_after_a_refused_start_can_be_given(method: str, tmp_path: Path) -> None:
    """Small objects have an arena in common: new ones in the old one would be refused for ever."""
    program = """
    def main():
        ctx = multiprocessing.get_context(sys.argv[2])
        old = backend.RawArray("i", [1, 2])
        files = close_all_and_open()
        try:
            ctx.Process(target=write, args=(old, 77)).start()
        except OSError:
            print("refused")
        new = backend.RawArray("i", [3, 4])
        child = ctx.Process(target=write, args=(new, 88))
        child.start()
        child.join()
        print("ended:", child.exitcode, old[:], new[:])
        del old
        release()
        report(files)

    if __name__ == "__main__":
        main()
    """
    assert said_by(program, tmp_path, method) == ["refused", "ended: 0 [1, 2] [88, 4]", FINE]


# From 3.14 on the server of forkserver imports the main module itself, and does not survive this.
@pytest.mark.parametrize(
    "method", ["spawn", "forkserver"] if sys.version_info < (3, 14) else ["spawn"]
)
def test_a_main_module_that_closes_all_keeps_its_files(method: str, tmp_path: Path) -> None:
    """A child imports the main module before it receives its arguments."""
    program = """
    if __name__ == "__main__":
        ctx = multiprocessing.get_context(sys.argv[2])
        shared = backend.RawArray("i", [1, 2])
        child = ctx.Process(target=write, args=(shared, 77))
        child.start()
        child.join()
        print("ended:", child.exitcode, shared[:])
    else:
        files = close_all_and_open()
        sys.stderr = open(os.devnull, "w")  # it will say there why it ends
    """
    assert said_by(program, tmp_path, method) == ["ended: 1 [1, 2]"]
    assert {path.read_bytes() for path in tmp_path.glob("file*")} == {bytes([1]) * (1 << 17)}


@pytest.mark.skipif(MODULE != "sharedctypes_reference", reason="looks inside")
def test_no_pid_is_written_into_a_file_that_is_no_lifeline(tmp_path: Path) -> None:
    from sharedctypes_reference import _lifelines

    class Duplicate:
        def detach(self) -> int:
            return file.fileno()

    line = _lifelines.Lifeline()
    with open(tmp_path / "file", "wb", buffering=0) as file:
        _lifelines._receive([(Duplicate(), line.pipe)])
    line.end()
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts descriptors")
def test_an_object_has_one_descriptor() -> None:
    before = len(os.listdir("/proc/self/fd"))
    shared: Any = [backend.RawArray("b", 9 << 20) for _ in range(3)]
    assert len(os.listdir("/proc/self/fd")) <= before + len(shared)
