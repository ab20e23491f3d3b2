"""Processes of the target interpreter: start one, and end it with all its descendants.

A creator leads a session of its own, so that Ctrl-C in the terminal reaches the suite alone and
everything that descends from the creator can be ended as one group.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import psutil

from .. import actors
from ..actors.system import leaked_names
from .keeper import GRACE, TEMPORARY, keeper
from .names import ACTORS_AS

# How often to check whether a program has ended whose output others keep open: seconds.
_LOOK = 0.2


class ScratchFolder:
    """A folder of one stage: the import path of its actors, their temporary files, their output.

    `extra` maps module names to folders that the target interpreter is to find besides its own.
    """

    def __init__(self, extra: dict[str, Path]) -> None:
        leaked_names.note_existing()
        self.path = Path(tempfile.gettempdir()) / f"sharedctypes-{secrets.token_hex(6)}"
        keeper.watch(self.path)
        self.path.mkdir(mode=0o700)
        self.modules = self.path / "modules"
        self.temporary = self.path / TEMPORARY
        self.stacks = self.path / "stacks"
        self.output = self.path / "output.txt"
        for folder in (self.modules, self.temporary, self.stacks):
            folder.mkdir()
        # Links into one folder, and not the folders that hold the packages: next to those lie the
        # suite's own dependencies, which must not become visible in the target interpreter.
        for name, folder in {ACTORS_AS: Path(actors.__file__).parent, **extra}.items():
            (self.modules / name).symlink_to(folder, target_is_directory=True)

    def environment(self) -> dict[str, str]:
        """Return the environment of the actors."""
        # A module of the target is found in the working directory by `python -m`; a program that is
        # run by its path would not find it there.
        path = [str(self.modules), os.getcwd(), os.environ.get("PYTHONPATH", "")]
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, path)),
            "PYTHONUNBUFFERED": "1",
            # Whatever a killed backend leaves in its temporary folder is removed with ours.
            "TMPDIR": str(self.temporary),
        }

    def stack_of(self, pid: int) -> str:
        """Return the stacks that an actor dumped when it was asked to, or when it died."""
        return _text(self.stacks / f"{pid}.txt").strip()

    def last_output(self, characters: int = 2000) -> str:
        """Return the end of the output, and the stacks of processes that died."""
        texts = [_text(self.output)[-characters:].strip()]
        texts += [_text(path).strip() for path in self.stacks.glob("*.txt")]
        return "\n".join(filter(None, texts))

    def remove(self) -> None:
        """Delete the folder and all in it, and names that processes have left."""
        leaked_names.remove_noted(str(self.temporary))
        shutil.rmtree(self.path, ignore_errors=True)
        keeper.done(self.path)


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def start_creator(
    command: list[str], scratch: ScratchFolder, address: str, number: int
) -> subprocess.Popen[bytes]:
    """Start a creator that connects to `address`; raises OSError if the program cannot run.

    `command` is the interpreter with its own options.
    """
    command = [*command, "-m", ACTORS_AS, address, str(number), str(scratch.stacks)]
    with scratch.output.open("ab") as output:
        return start(command, scratch, output, output)


def start(
    command: list[str],
    scratch: ScratchFolder,
    stdout: IO[bytes] | int,
    stderr: IO[bytes] | int,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """Start a process as the leader of a group of its own; raises OSError if it cannot run.

    `settings` are added to its environment.
    """
    leader = subprocess.Popen(  # noqa: S603 - the interpreter that the user named
        command,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        env={**scratch.environment(), **settings},
        start_new_session=True,
    )
    keeper.watch(leader.pid)
    return leader


def run(
    command: list[str],
    scratch: ScratchFolder,
    seconds: float,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> tuple[int, str, str] | None:
    """Run a program, and kill what it leaves running; return its exit code, stdout and stderr.

    Return None if it does not end in time. `settings` are added to its environment.
    """
    # Pipes, not files: on a full disk the program could not print, and would be blamed for it.
    with start(command, scratch, subprocess.PIPE, subprocess.PIPE, settings) as process:
        until = time.monotonic() + seconds
        open_still, texts = True, ["", ""]
        try:
            # Whoever has inherited the pipes may keep them open for longer than the program runs.
            while open_still and process.poll() is None:
                if time.monotonic() > until:
                    return None
                open_still, texts = _listen(process, _LOOK)
        finally:
            end_group(process, set())
        if open_still:
            _, texts = _listen(process, GRACE)
        output, errors = texts
        return process.returncode, output, errors


def _listen(process: subprocess.Popen[bytes], seconds: float) -> tuple[bool, list[str]]:
    """Return whether the pipes of a process are still open, and the text read from them."""
    try:
        texts = process.communicate(timeout=seconds)
        open_still = False
    except subprocess.TimeoutExpired as so_far:
        texts = so_far.stdout or b"", so_far.stderr or b""
        open_still = True
    return open_still, [text.decode(errors="replace") for text in texts]


def end_group(leader: subprocess.Popen[bytes], pids: set[int]) -> None:
    """End the processes `pids`, which run, and then whatever else is left in the leader's group.

    The actors are killed first, and alone: the resource tracker, which unlinks shared memory and
    semaphores when the last of them is gone, is in the same group, and needs a moment. What it does
    not know of is removed at the end.
    """
    left = leaked_names.of_stopped_group(leader.pid)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    leader.kill()
    leader.wait()
    with contextlib.suppress(ProcessLookupError):
        # This ends a forkserver; resource trackers ignore it and end when all others have.
        os.killpg(leader.pid, signal.SIGTERM)
        os.killpg(leader.pid, signal.SIGCONT)
    until = time.monotonic() + GRACE
    while members(leader.pid) and time.monotonic() < until:
        # They are not our children: there is nothing to wait on.
        time.sleep(0.005)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
    leaked_names.remove(left)
    keeper.done(leader.pid)


def members(group: int) -> list[int]:
    """Return the pids in a process group that are still running.

    Zombies are not counted: they can take a second to be reaped, if their parent is not ours.
    """
    alive: list[int] = []
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return alive
    for process in psutil.process_iter(["status"]):
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                alive.append(process.pid)
    return alive
