"""Running a whole program in the target interpreter, as a user would, beside the actors."""

from __future__ import annotations

from functools import cache

from . import launch
from .findings import ActorDied, ActorHung, Finding, NotKept, Unjudged
from .stage import PATIENCE_FOR_A_START, Stage
from .target import Target

# Before each program: what it prints is told from what a backend prints by itself, as some do when
# they are imported. In one piece, the end of the line too, because processes of a program print at
# the same time.
_SAYS = "\x02"
_PRELUDE = f"""\
import builtins


def print(*words, sep=" ", end="\\n", **how):
    builtins.print({_SAYS!r} + sep.join(map(str, words)) + end, end="", **how)


"""


_CHILD = """\
import sys

import {contexts} as contexts


def child():
    print("begun")


if __name__ == "__main__":
    process = contexts.get_context(sys.argv[1]).Process(target=child)
    process.start()
    process.join()
"""


@cache
def expect_children_of_programs(target: Target) -> None:
    """Raise Unjudged where no function of a main module can be run in a child, shared or not.

    Where one can be run, it is not tried again.
    """
    source = _CHILD.format(contexts=target.contexts)
    try:
        printed, said = run_program_and_listen(target, source, target.method)
        problem = said.splitlines()[-1] if said else "it says nothing"
    except Finding as finding:
        printed, problem = "", str(finding)
    if printed != "begun\n":
        raise Unjudged(f"a child of a program does not begin, whatever is shared: {problem}")


def exceptions_in(said: str) -> list[str]:
    """Return the lines on stderr that are no part of a traceback but its exception, each once."""
    lines = filter(str.strip, said.splitlines())
    return list(dict.fromkeys(line for line in lines if not line.startswith((" ", "Traceback"))))


def run_program(
    stage: Stage,
    source: str,
    *names: str,
    argument: str = "",
    patience: float = PATIENCE_FOR_A_START,
    who: str = "the program",
    **parts: object,
) -> tuple[list[str], list[str]]:
    """Run a program that takes `names` from the backend; return the lines that it printed.

    The other lines are the exceptions that it and its children had.

    Its source has places for `backend`, the module where contexts are had, `contexts`, and `parts`.
    Its argument is the stage's start method unless another is given. Raises NotKept where the
    backend lacks a name, and what `run_program_and_listen` does.
    """
    target = stage.target
    for name in names:
        stage.require(name)
    filled = source.format(backend=target.backend, contexts=target.contexts, **parts)
    argument = argument or target.method
    printed, said = run_program_and_listen(target, filled, argument, patience, who)
    return printed.splitlines(), exceptions_in(said)


def run_program_and_listen(
    target: Target,
    source: str,
    argument: str,
    patience: float = PATIENCE_FOR_A_START,
    who: str = "the program",
) -> tuple[str, str]:
    """Run a program with one argument; return what it printed and what came on its stderr.

    `who` is what a finding calls it. Raises ActorDied if a signal ends it, NotKept if it ends with
    an exit status other than 0, ActorHung if it does not end.
    """
    workshop = launch.Workshop(target.extra)
    try:
        script = workshop.path / "program.py"
        script.write_text(_PRELUDE + source, "utf-8")
        command = [target.python, str(script), argument]
        ended = launch.run(command, workshop, patience)
        if ended is None:
            raise ActorHung(who, "its run", patience, "")
        code, output, errors = ended
        complaint = errors.strip()
        if code > 0:
            last = complaint.splitlines()[-1] if complaint else "it said nothing"
            raise NotKept(f"{who} ended with exit status {code}: {last}")
        if code < 0:
            raise ActorDied(who, "its run", code, complaint)
        lines = output.splitlines(keepends=True)
        printed = [line.replace(_SAYS, "") for line in lines if line.startswith(_SAYS)]
        return "".join(printed), complaint
    finally:
        workshop.remove()
