"""Area `fault`: programs that do what daemons and servers do, which changes what a backend finds.

Each circumstance is a program of its own, since it changes the whole process. Where it is the
interpreter or its package that cannot start a child in a circumstance, nothing is judged.
"""

from __future__ import annotations

from textwrap import indent
from typing import NamedTuple

from ...stage.findings import NotKept, Unjudged
from ...stage.program import expect_children_of_programs, run_program
from ...stage.stage import PATIENCE_FOR_A_START, Stage
from ..kit.check import check


class _Circumstance(NamedTuple):
    """What a program does before the backend is imported, and when it has made two objects.

    In one that is `busy` these are given to a child before the latter, so that all helpers of a
    start are there. In one that is `alone` no child is started.
    """

    before: str = "pass"
    between: str = "pass"
    busy: bool = False
    alone: bool = False


# By what a program does. Whatever one of these raises means that it cannot be done here.
_CIRCUMSTANCES = {
    # The first descriptor that is opened is 0, which `if descriptor:` takes for none.
    "closes its standard input": _Circumstance(before="os.close(0)"),
    # Names that are looked for in a folder of the child's are not found. No umask: one that takes
    # rights from the owner keeps a spawned child from the standard library's semaphores too.
    "works elsewhere": _Circumstance(
        between="""\
tempfile.tempdir = tempfile.mkdtemp()
os.chdir(tempfile.tempdir)
"""
    ),
    # select() takes no descriptor from 1024 on.
    "has many files open": _Circumstance(
        busy=True,
        between="""\
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if soft != resource.RLIM_INFINITY:
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
opened.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(1100))
""",
    ),
    # waitpid() finds no child that has ended, those of a backend neither: only that is asked, for
    # a program that ignores the signal cannot join its own.
    "ignores SIGCHLD": _Circumstance(
        before="signal.signal(signal.SIGCHLD, signal.SIG_IGN)", alone=True
    ),
    # Whoever else is in the group, such as a helper, gets the interrupt too, and may die of it.
    "handles an interrupt of its group": _Circumstance(
        busy=True,
        # Who was started in the background ignores it, and so would all that come of it.
        before="signal.signal(signal.SIGINT, signal.default_int_handler)",
        between="""\
if os.getpgrp() != os.getpid():
    raise OSError("others are in this group, who have nothing to do with it")
signal.signal(signal.SIGINT, lambda *_: None)
states.fall_asleep(SECONDS)  # the helpers of the start method come to ignore it
os.killpg(0, signal.SIGINT)
states.fall_asleep(SECONDS)
""",
    ),
}

_CANNOT = "cannot: "

_PROGRAM = """\
import os
import resource
import signal
import sys
import tempfile
import time

import {contexts} as contexts
from sharedctypes_actors.system import process_states as states

SECONDS = 20
FIRST, THEN = [1, 2], [3, 4]

opened = []


def do_before():
{before}


def do_between():
{between}


def make():
    from {backend} import Array, RawArray

    return [RawArray("i", 2), Array("i", 2)]


def use(objects):
    for obj in objects:
        obj[:] = FIRST
    return [obj[:] for obj in objects]


def nothing():
    pass


def change(objects):
    seen = [obj[:] for obj in objects]
    if seen != [FIRST] * len(objects):
        print("a child saw", seen, "where each was", FIRST)
    for obj in objects:
        obj[:] = THEN
    time.sleep(0.1)  # others are made and dropped while it lives
    if seen != [FIRST] * len(objects):
        sys.exit(1)


def run(target, *args):
    process = contexts.get_context(sys.argv[1]).Process(target=target, args=args)
    process.start()
    if args:
        make()
        make()
    process.join(SECONDS)
    if process.exitcode is None:
        process.terminate()
        return "no end"
    return process.exitcode


def can(what, *args):
    try:
        code = what(*args)
    except Exception as raised:
        code = describe(raised)
    if code:
        print({cannot!r} + str(code))
    return not code


def describe(raised):
    return "raised " + type(raised).__name__ + ": " + str(raised)


def make_and_use(objects):
    try:
        objects += make()
        seen = use(objects)
    except Exception as raised:
        return "making and using objects " + describe(raised)
    if seen != [FIRST] * len(objects):
        return "it read " + str(seen) + " where it wrote " + str(FIRST)


def share(objects):
    try:
        code = run(change, objects)
        seen = [obj[:] for obj in objects]
    except Exception as raised:
        return "sharing objects " + describe(raised)
    if code:
        return "a child that was given objects came to exit code " + str(code)
    if seen != [THEN] * len(objects):
        return "it saw " + str(seen) + " where a child wrote " + str(THEN)


def main():
    if not can(do_before):
        return
    objects = []
    problem = make_and_use(objects)
    if {busy} and not can(run, change, objects):
        return  # that objects are not shared at all is not what is asked here
    if not can(do_between):
        return
    problem = problem or make_and_use(objects)
    if not {alone}:
        if not can(run, nothing):
            return
        problem = problem or share(objects)
    if problem:
        print(problem)


if __name__ == "__main__":
    contexts.set_start_method(sys.argv[1])
    main()
"""


@check("fault.unusual-programs-share")
def test_unusual_programs(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    problems, unjudged = [], []
    for does, circumstance in _CIRCUMSTANCES.items():
        who = f"a program that {does}"
        printed, said = _run(stage, circumstance, who)
        cannot = [line for line in printed if line.startswith(_CANNOT)]
        if cannot:
            unjudged.append(f"{who} {cannot[0]}")
        elif printed:
            problems.append(f"{who}: {'; '.join(printed + said)}")
    if problems:
        raise NotKept("; ".join(problems))
    if unjudged:
        raise Unjudged("; ".join(unjudged))


def _run(stage: Stage, circumstance: _Circumstance, who: str) -> tuple[list[str], list[str]]:
    """Return the lines that a program printed, and the exceptions that it and its children had."""
    return run_program(
        stage,
        _PROGRAM,
        "RawArray",
        "Array",
        # There are up to three children, each of which may have to be ended.
        patience=3 * PATIENCE_FOR_A_START,
        who=who,
        before=indent(circumstance.before, "    "),
        between=indent(circumstance.between, "    "),
        busy=circumstance.busy,
        alone=circumstance.alone,
        cannot=_CANNOT,
    )
