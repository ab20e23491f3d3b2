"""Running a whole program in the target interpreter, as a user would, beside the actors."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from . import launch
from .findings import ActorDied, ActorHung, NotKept, StageFault, raised_in
from .history import History
from .operations import Operation, Run
from .patience import PATIENCE_FOR_A_START
from .scratch import ScratchFolder
from .target import Target

# Backends may print something themselves, for instance when they are imported. So the lines of a
# program begin with a mark, which it finds in its environment.
_MARK = "\x02"
_SUITE = Path(__file__).parents[1]
PROGRAMS = _SUITE / "checks" / "programs"
# What they all import.
SHARED = PROGRAMS / "sharedctypes_program.py"
_MARK_IS_IN = "SHAREDCTYPES_PROGRAM_MARK"


def exceptions_in(stderr: str) -> list[str]:
    """Return the lines on stderr without tracebacks except for their exceptions, each once."""
    lines = filter(str.strip, stderr.splitlines())
    return list(dict.fromkeys(line for line in lines if not line.startswith((" ", "Traceback"))))


def reason_in(said: str) -> str:
    """Return the line with the exception that ended a program, else the last one.

    Resource trackers may print more after it, when the program has ended.
    """
    lines = said.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback ")]
    after = lines[starts[-1] + 1 :] if starts else lines[-1:]
    return next((line for line in after if not line.startswith(" ")), "no output")


def program_run(
    program: Path,
    arguments: Sequence[str],
    code: int | None,
    printed: str,
    stderr: str,
    wanted: Sequence[str] = (),
) -> Operation:
    """Return the entry of the history for the run of a program of the suite."""
    shown = program.relative_to(_SUITE)
    run = Run(shown, tuple(arguments), code, printed, stderr.strip(), tuple(wanted))
    return Operation("the program", run, outcome=("returned", None, None))


def run_program_and_listen(
    target: Target,
    program: Path,
    arguments: Sequence[str],
    modules: Sequence[Path] = (),
    patience: float = PATIENCE_FOR_A_START,
    who: str = "the program",
    history: History | None = None,
    wanted: Sequence[str] = (),
) -> tuple[str, str]:
    """Run a program; return the lines that it marked as its own, and its output on stderr.

    It is copied into a folder that holds no other, and can import `modules` besides what the target
    interpreter has. `who` is what a finding calls it. The run is added to `history`, with
    the lines that are `wanted`, which the caller compares. Raises ActorDied if a signal ends it,
    NotKept if it ends with an exit status other than 0, ActorHung if it does not end, StageFault if
    there is no such program, or what is there is no program in the grammar of Python 3.8.
    """
    for file in (program, *modules):
        _expect_python(file)
    scratch = ScratchFolder(target)
    try:
        script = Path(shutil.copy(program, scratch.path))
        for module in modules:
            shutil.copy(module, scratch.modules)
        command = [target.python, str(script), *arguments]
        ended = launch.run(command, scratch, patience, {_MARK_IS_IN: _MARK})
        code, output, errors = ended or (None, "", "")
        lines = output.splitlines(keepends=True)
        printed = "".join(line.replace(_MARK, "") for line in lines if line.startswith(_MARK))
        if history is not None:
            history.add(program_run(program, arguments, code, printed, errors, wanted))
        if code is None:
            raise ActorHung(who, "its run", patience, "")
        complaint = errors.strip()
        if code > 0:
            last = reason_in(complaint)
            raise NotKept(f"{who} ended with exit status {code}: {last}", raised_in(last))
        if code < 0:
            raise ActorDied(who, "its run", code, complaint)
        return printed, complaint
    finally:
        scratch.remove()


def _expect_python(file: Path) -> None:
    try:
        ast.parse(file.read_bytes(), str(file), feature_version=(3, 8))
    except (OSError, SyntaxError) as problem:
        raise StageFault(f"{file.name} cannot be run: {problem}") from problem


@cache
def refusal_of_a_child(target: Target, patience: float) -> str:
    """Return why a program cannot start a child that runs a function of its own, "" if it can.

    Nothing is shared. Raises NotKept if the child is started and does not run it, ActorDied if the
    program is killed, and ActorHung.
    """
    arguments = [target.backend, target.contexts, target.method]
    path = PROGRAMS / "child_begins.py"
    try:
        printed, stderr = run_program_and_listen(target, path, arguments, [SHARED], patience)
    except NotKept as refusal:
        return str(refusal)
    if printed != "begun\n":
        raise NotKept(f"a child of a program ran nothing: {reason_in(stderr)}")
    return ""
