"""What a program leaves behind when it has ended: processes, names, files, output on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from ..actors.scenarios import program_exit
from ..actors.scenarios.program_exit import COMPLETED
from ..actors.system import resources
from . import launch, patience
from .findings import ActorDied, ActorHung, NotKept, Unjudged, raised_in
from .names import module_in_target
from .patience import PATIENCE_FOR_A_START
from .program import program_run, reason_in
from .scratch import ScratchFolder
from .stage import Stage
from .started import Started
from .target import Target

# Settings of the user must not make the interpreter print anything.
_QUIET = {"PYTHONWARNINGS": "", "PYTHONDEVMODE": "", "PYTHONVERBOSE": ""}

# The exit code for each ending.
_CODES = {"dropped": 0, "kept": 0, "exception": 1, "killed": -9, "child killed": 0}


@dataclass(frozen=True)
class Remains:
    """What was left: processes in words, names of shared memory, temporary files.

    `names` is None if the system does not say whose a name is. `contents` are those files that have
    contents: no folders, no sockets. `said` is the output on stderr.
    """

    processes: tuple[str, ...]
    names: tuple[str, ...] | None
    files: tuple[str, ...]
    contents: tuple[str, ...]
    said: str


def remains_of(stage: Stage, ending: str, makers: Sequence[str]) -> Remains:
    """Run the program `scenarios.program_exit` to one of its ends; return what remains of it.

    Its objects are those of some makers.

    What remains is removed. Raises ActorHung if the program does not end, ActorDied if it dies, and
    Unjudged if it does not run as scripted.
    """
    target = stage.target
    arguments = [target.backend, target.method, ending, *makers]
    scratch = ScratchFolder(target)
    try:
        command = [target.python, "-m", module_in_target(program_exit.__name__), *arguments]
        printed, errors = scratch.path / "printed.txt", scratch.path / "errors.txt"
        # Files, not pipes: a pipe is open until the last process that has inherited it ends.
        with printed.open("ab") as stdout, errors.open("ab") as stderr:
            process = launch.start(command, scratch, stdout, stderr, _QUIET)
        left: dict[int, str] = {}
        code = None
        try:
            code = _wait(process, stage.hangs)
            left = _left_running(process)
            values = list(_printed_lists(printed.read_text("utf-8")))
            lists = [value for value in values if value != COMPLETED]
            # The third to print its names is the child, which may be killed right after that.
            completed = COMPLETED in values and len(lists) == 3
            names = _left_names(lists)
            folder = scratch.temporary
            paths = sorted(folder.rglob("*"))
            files = tuple(str(path.relative_to(folder)) for path in paths)
            contents = tuple(
                str(path.relative_to(folder))
                for path in paths
                if path.is_file() and path.stat().st_size
            )
        finally:
            process.end(left)
            said = errors.read_text("utf-8", errors="replace").strip()
            shown = [line for line in printed.read_text("utf-8").splitlines() if "{" not in line]
            path = Path(program_exit.__file__)
            stage.history.add(program_run(path, arguments, code, "\n".join(shown), said))
        _expect_end(code, ending, completed, said)
        return Remains(tuple(left.values()), names, files, contents, said)
    finally:
        scratch.remove()


@cache
def stderr_of_import(target: Target) -> frozenset[str]:
    """Return the lines on stderr of a program that only imports the backend."""
    scratch = ScratchFolder(target)
    try:
        source = "import importlib, sys; importlib.import_module(sys.argv[1])"
        command = [target.python, "-c", source, target.backend]
        ended = launch.run(command, scratch, PATIENCE_FOR_A_START, _QUIET)
        if ended is None:
            raise ActorHung("the program", "the import", PATIENCE_FOR_A_START, "")
        return frozenset(ended[2].splitlines())
    finally:
        scratch.remove()


def _printed_lists(printed: str) -> Iterator[Any]:
    """Yield what the program has printed, without lines that the backend prints itself."""
    for line in printed.splitlines():
        with contextlib.suppress(ValueError):
            value = json.loads(line)
            if value is None or value == COMPLETED or isinstance(value, dict):
                yield value


def _wait(process: Started, hangs: patience.Hangs) -> int:
    seconds = hangs.bound(PATIENCE_FOR_A_START, patience.LITTLE_FOR_A_PROGRAM)
    code = process.wait(seconds)
    if code is None:
        raise hangs.outcome_of(ActorHung("the program", "its run", seconds, ""))
    return code


def _expect_end(code: int, ending: str, completed: bool, said: str) -> None:
    if completed and code == _CODES[ending]:
        return
    if code < 0:
        raise ActorDied("the program", "its run", code, said)
    last = reason_in(said)
    how = "ran as scripted, but" if completed else "did not run as scripted:"
    # Whether its objects can be created and inherited is judged by other clauses. If the program
    # does not run as scripted, its leftovers prove nothing.
    text = f"the program {how} it ended with exit status {code}: {last}"
    raise Unjudged(text, NotKept(text, raised_in(last)))


def _left_running(program: Started) -> dict[int, str]:
    """Return the processes that do not end after the program has ended, each in words."""
    until = time.monotonic() + patience.PATIENCE
    gone = 0
    # One look may miss a process that has just been forked.
    while gone < 2 and time.monotonic() < until:
        # They are not our children: there is nothing to wait on.
        time.sleep(0.01)
        gone = 0 if program.processes() else gone + 1
    left = {}
    for pid in sorted(program.processes()):
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            left[pid] = _in_words(program, psutil.Process(pid))
    return left


def _in_words(program: Started, process: psutil.Process) -> str:
    """Return the command of a process, and how it is related to its program."""
    command = " ".join(process.cmdline() or [process.name()])[:200]
    own = os.getsid(process.pid) != program.pid
    session = "a session of its own" if own else "the program's session"
    parent = "orphaned" if program.is_orphan(process.pid) else f"a child of {process.ppid()}"
    return f"{command} (process {process.pid}, in {session}, {parent})"


def _left_names(lists: Sequence[dict[str, int] | None]) -> tuple[str, ...] | None:
    """Return which of the names that processes printed still exist, and remove them.

    The first list has those that existed before the program created anything.
    """
    known = [names for names in lists if names is not None]
    # A program that died before its first line printed none.
    if not known or len(known) < len(lists):
        return None
    theirs = {path: number for names in known[1:] for path, number in names.items()}
    left = resources.still_there({path: theirs[path] for path in theirs.keys() - known[0].keys()})
    resources.remove(left)
    return tuple(sorted(left))
