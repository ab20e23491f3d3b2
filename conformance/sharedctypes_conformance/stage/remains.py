"""What remains of a program when it has ended: processes, names, files, and what it said."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psutil

from ..actors.scenarios import program_exit
from ..actors.scenarios.program_exit import COMPLETED
from ..actors.system import resources
from . import launch, patience
from .findings import ActorDied, ActorHung, Unjudged
from .names import module_in_target
from .patience import PATIENCE_FOR_A_START
from .program import program_run
from .stage import Stage
from .target import Target

# What a user has set for all interpreters must not make this one talk.
_QUIET = {"PYTHONWARNINGS": "", "PYTHONDEVMODE": "", "PYTHONVERBOSE": ""}

# The exit code of each way to end.
_CODES = {"dropped": 0, "kept": 0, "exception": 1, "killed": -9, "child killed": 0}


@dataclass(frozen=True)
class Remains:
    """What there still is: the commands of processes, names of shared memory, temporary files.

    `names` is None where the system does not say whose a name is. `contents` are those of the files
    that hold something: no folders, no sockets. `said` is what came on stderr.
    """

    processes: tuple[str, ...]
    names: tuple[str, ...] | None
    files: tuple[str, ...]
    contents: tuple[str, ...]
    said: str


def remains_of(stage: Stage, ending: str) -> Remains:
    """Run the program `scenarios.program_exit` to one of its ends; return what remains of it.

    It is removed then. Raises ActorHung if the scenario does not end, ActorDied if it dies, and
    Unjudged if it does not come to its end as it is written.
    """
    target = stage.target
    arguments = [target.backend, target.method, ending]
    # In the history by the name that it has where the suite is installed.
    stage.history.add(program_run(["python", "-m", program_exit.__name__, *arguments]))
    scratch = launch.ScratchFolder(target.extra)
    try:
        command = [target.python, "-m", module_in_target(program_exit.__name__), *arguments]
        printed, errors = scratch.path / "printed.txt", scratch.path / "errors.txt"
        # Files, not pipes: these end only with the last process that has inherited them.
        with printed.open("ab") as stdout, errors.open("ab") as stderr:
            process = launch.start(command, scratch, stdout, stderr, _QUIET)
        left: dict[int, str] = {}
        try:
            code = _wait(process, PATIENCE_FOR_A_START)
            left = _left_running(process.pid, str(scratch.temporary))
            told = list(_told(printed.read_text("utf-8")))
            lists = [line for line in told if line != COMPLETED]
            # The third to tell its names is the child, which may be killed right after that.
            as_written = COMPLETED in told and len(lists) == 3
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
            launch.end_group(process, set(left) | _with_temporary(str(scratch.temporary)))
        said = errors.read_text("utf-8", errors="replace").strip()
        _expect_end(code, ending, as_written, said)
        return Remains(tuple(left.values()), names, files, contents, said)
    finally:
        scratch.remove()


@cache
def stderr_of_import(target: Target) -> frozenset[str]:
    """Return the lines on stderr of a program that only imports the backend."""
    scratch = launch.ScratchFolder(target.extra)
    try:
        source = "import importlib, sys; importlib.import_module(sys.argv[1])"
        command = [target.python, "-c", source, target.backend]
        ended = launch.run(command, scratch, PATIENCE_FOR_A_START, _QUIET)
        if ended is None:
            raise ActorHung("the program", "the import", PATIENCE_FOR_A_START, "")
        return frozenset(ended[2].splitlines())
    finally:
        scratch.remove()


def _told(printed: str) -> Iterator[Any]:
    """Yield what the program has told; a backend may print lines of its own between them."""
    for line in printed.splitlines():
        with contextlib.suppress(ValueError):
            told = json.loads(line)
            if told is None or told == COMPLETED or isinstance(told, dict):
                yield told


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ActorHung("the program", "its run", seconds, "") from None


def _expect_end(code: int, ending: str, as_written: bool, said: str) -> None:
    if as_written and code == _CODES[ending]:
        return
    if code < 0:
        raise ActorDied("the program", "its run", code, said)
    last = _reason(said)
    how = "came to its end, but" if as_written else "did not come to its end:"
    # Whether its objects can be made and inherited is the business of others. What remains of a
    # program that went another way says nothing about the one that was to be looked at.
    raise Unjudged(f"the program {how} it ended with exit status {code}: {last}")


def _reason(said: str) -> str:
    """Return the line with the exception that ended a program, else the last one.

    What helpers say when the program has gone comes after it.
    """
    lines = said.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback ")]
    after = lines[starts[-1] + 1 :] if starts else lines[-1:]
    return next((line for line in after if not line.startswith(" ")), "it said nothing")


def _left_running(group: int, temporary: str) -> dict[int, str]:
    """Return the commands of processes that do not end now that the program has.

    They are those of its group, and those that left the group but have its temporary folder.
    """
    until = time.monotonic() + patience.PATIENCE
    pids, gone = {group}, 0
    # One look may miss a process that has just come from another one.
    while gone < 2 and time.monotonic() < until:
        # They are not our children: there is nothing to wait on.
        time.sleep(0.01)
        pids = set(launch.members(group)) or _with_temporary(temporary)
        gone = 0 if pids else gone + 1
    commands = {}
    for pid in pids and (set(launch.members(group)) | _with_temporary(temporary)):
        with contextlib.suppress(psutil.Error):
            commands[pid] = " ".join(psutil.Process(pid).cmdline())[:200]
    return commands


def _with_temporary(folder: str) -> set[int]:
    pids = set()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            ours = process.environ().get("TMPDIR") == folder
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                pids.add(process.pid)
    return pids


def _left_names(lists: Sequence[dict[str, int] | None]) -> tuple[str, ...] | None:
    """Return which of the names that processes told are still there, and remove them.

    What was told first was there before the program had made anything.
    """
    told = [names for names in lists if names is not None]
    # A program that died before its first line has told nothing.
    if not told or len(told) < len(lists):
        return None
    theirs = {path: number for names in told[1:] for path, number in names.items()}
    left = resources.still_there({path: theirs[path] for path in theirs.keys() - told[0].keys()})
    resources.remove(left)
    return tuple(sorted(left))
