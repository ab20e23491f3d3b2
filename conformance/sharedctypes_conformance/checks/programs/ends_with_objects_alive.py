"""Programs and children end while shared objects are alive: normally, by an exception, by sys.exit.

Without a variant it runs itself once for each of these. It prints which of them gave a wrong exit
status or number of tracebacks, and passes on what that run wrote to stderr.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method, variant

contexts = import_contexts()

EXPECTED = {"the end": 0, "an exception": 1, "sys.exit": 3}

alive: list[Any] = []


class Late:
    def __init__(self, wrapper: Any) -> None:
        self.wrapper = wrapper

    def __del__(self) -> None:
        self.wrapper.value += 1


def end(how: str, _value: Any, array: Any) -> None:
    with array:
        if how == "sys.exit":
            sys.exit(3)
        if how == "an exception":
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # this traceback is expected
            raise ValueError


def expect_exit_codes(ends: Iterable[str], *objects: Any) -> None:
    for how in ends:
        expected = EXPECTED[how]
        child = contexts.get_context(start_method()).Process(target=end, args=(how, *objects))
        child.start()
        child.join(20)
        if child.exitcode != expected:
            say(how, "gave a child the exit code", child.exitcode)


def end_by(how: str) -> None:
    contexts.set_start_method(start_method())
    backend = import_backend()
    raw = backend.RawArray("i", 100)
    value, array = backend.Value("i", 1), backend.Array("d", 100)
    alive.extend([raw, memoryview(raw), value, array, array.get_obj(), Late(value)])
    alive.append(alive)
    # Whatever else ends otherwise has one child, which ends as it does.
    expect_exit_codes(EXPECTED if how == "the end" else [how], value, array)
    atexit.register(value.acquire)
    if how == "the end":
        return
    with array:
        if how == "sys.exit":
            sys.exit(3)
        raise ValueError


def expect_exit_statuses() -> None:
    for how, expected in EXPECTED.items():
        command = [sys.executable, __file__, *sys.argv[1:], how]
        ended = subprocess.run(command, stderr=subprocess.PIPE, timeout=25, check=False)
        tracebacks = ended.stderr.count(b"Traceback")
        if ended.returncode != expected or tracebacks != (how == "an exception"):
            say(how, "gave exit status", ended.returncode, "and", tracebacks, "tracebacks")
            sys.stderr.write(ended.stderr.decode(errors="replace"))


if __name__ == "__main__":
    if variant():
        end_by(variant())
    else:
        expect_exit_statuses()
