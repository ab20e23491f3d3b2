"""Area `fault`: programs that end while shared objects are alive."""

from __future__ import annotations

from ...stage import stage as stage_module
from ...stage.findings import NotKept
from ...stage.program import expect_children_of_programs, run_program
from ...stage.stage import Stage
from ..kit.check import check

_ENDS = """\
import atexit
import os
import subprocess
import sys

import {contexts} as contexts

DUE = {{"the end": 0, "an exception": 1, "sys.exit": 3}}


class Late:
    def __init__(self, wrapper):
        self.wrapper = wrapper

    def __del__(self):
        self.wrapper.value += 1


def end(how, value, array):
    with array:
        if how == "sys.exit":
            sys.exit(3)
        if how == "an exception":
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a child's traceback is no news
            raise ValueError


def expect_exit_codes(method, *objects):
    for how, due in DUE.items():
        child = contexts.get_context(method).Process(target=end, args=(how, *objects))
        child.start()
        child.join(20)
        if child.exitcode != due:
            print(how, "gave a child the exit code", child.exitcode)


def main(method, how):
    from {backend} import Array, RawArray, Value

    global kept
    raw = RawArray("i", 100)
    value, array = Value("i", 1), Array("d", 100)
    kept = [raw, memoryview(raw), value, array, array.get_obj(), Late(value)]
    kept.append(kept)
    expect_exit_codes(method, value, array)
    atexit.register(value.acquire)
    if how == "the end":
        return
    with array:
        if how == "sys.exit":
            sys.exit(3)
        raise ValueError


if __name__ == "__main__":
    method, _, how = sys.argv[1].partition(":")
    if how:
        contexts.set_start_method(method)
        main(method, how)
    else:
        for how, due in DUE.items():
            argument = method + ":" + how
            ended = subprocess.run(
                [sys.executable, __file__, argument], stderr=subprocess.PIPE, timeout=25
            )
            tracebacks = ended.stderr.count(b"Traceback")
            if ended.returncode != due or tracebacks != (how == "an exception"):
                print(how, "gave exit status", ended.returncode, "and", ended.stderr)
"""


_ENDS_WITH_HELD_LOCKS = """\
import sys
import threading

import {contexts} as contexts


def hold(wrapper, held):
    with wrapper:
        held.set()
        threading.Event().wait()


if __name__ == "__main__":
    contexts.set_start_method(sys.argv[1])
    from {backend} import Array, Value

    kept = [Value("i", 1), Array("d", 100)]
    for wrapper in kept:
        held = threading.Event()
        threading.Thread(target=hold, args=(wrapper, held), daemon=True).start()
        held.wait()
"""


@check("fault.exits-with-objects-alive")
def test_exits(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    printed, _ = run_program(stage, _ENDS, "RawArray", "Value", "Array")
    if printed:
        raise NotKept(f"a program that ended with objects alive, by {'; '.join(printed)}")
    # Twice what a single call is waited for, since an interpreter is started.
    patience = 2 * stage_module.PATIENCE
    run_program(stage, _ENDS_WITH_HELD_LOCKS, "Value", "Array", patience=patience)
