"""Area `fault`: processes that come of `os.fork()` alone, which the package knows nothing of."""

from __future__ import annotations

from ...stage.findings import NotKept, Unjudged
from ...stage.program import expect_children_of_programs, run_program
from ...stage.stage import Stage
from ..kit.check import check

# Parent and forked process tell each other by a byte that they have come so far.
_PROGRAM = """\
import os
import sys

import {contexts} as contexts
from {backend} import Array, RawArray

SIZES = (1, 10, 100, 1000, 100_000)
REFUSED = 5


def made_and_filled(mark):
    made = [RawArray("i", size) for size in SIZES for _ in range(3)]
    made += [Array("i", size).get_obj() for size in SIZES]
    for array in made:
        array[:] = [mark] * len(array)
    return made


def spoilt(made, mark):
    return sum(set(array) != {{mark}} for array in made)


def change(*objects):
    for obj in objects:
        obj[0] += 1


def complain_unless_shared(objects, what):
    before = [obj[0] for obj in objects]
    child = contexts.get_context(sys.argv[1]).Process(target=change, args=objects)
    child.start()
    child.join(20)
    missed = sum(obj[0] != was + 1 for obj, was in zip(objects, before))
    if missed or child.exitcode:
        print("what a child wrote is not in", missed, "of", len(objects), what, end=" ")
        print("and its exit code is", child.exitcode)


def be_forked(here, there):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # how it ends is no news
    try:
        mine = made_and_filled(2)
    except Exception:
        os._exit(REFUSED)
    os.write(there, b"1")
    os.read(here, 1)
    if spoilt(mine, 2):
        print("of", len(mine), "arrays of the forked process", spoilt(mine, 2), "have other bytes")
    sys.exit(0)


def main():
    contexts.set_start_method(sys.argv[1])
    old = (RawArray("i", 10), Array("d", 10), RawArray("i", 200_000))
    complain_unless_shared(old, "objects")
    here, to_parent = os.pipe()
    to_child, there = os.pipe()
    forked = os.fork()
    if not forked:
        be_forked(to_child, to_parent)
    os.close(to_parent)
    mine = made_and_filled(1)
    if os.read(here, 1):
        os.write(there, b"1")
    _, status = os.waitpid(forked, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == REFUSED:
        print("refused")
        return
    if status:
        print("the forked process came to the status", status, "of waitpid()")
    if spoilt(mine, 1):
        print("of", len(mine), "arrays of its parent", spoilt(mine, 1), "have other bytes")
    complain_unless_shared(old, "objects that were there before")
    complain_unless_shared((RawArray("i", 10), Array("d", 10)), "objects that are new")


if __name__ == "__main__":
    main()
"""


@check("fault.plain-forks-take-nothing")
def test_plain_forks(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    printed, _ = run_program(stage, _PROGRAM, "RawArray", "Array")
    if printed == ["refused"]:
        raise Unjudged("a process that comes of os.fork() may not make objects")
    if printed:
        raise NotKept(
            f"a program forked, both made objects, and the fork ended: {'; '.join(printed)}"
        )
