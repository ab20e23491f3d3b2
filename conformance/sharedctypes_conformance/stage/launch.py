"""Processes of the target interpreter: start one, and end it with all its descendants.

A creator leads a session of its own, so that Ctrl-C in the terminal reaches the suite alone and
everything that descends from the creator can be ended as one group.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO

import psutil

from ..actors.system import leaked_names
from .keeper import GRACE, keeper
from .machine import limit_files, wait_for_children, with_default_signals
from .names import ACTORS_AS
from .scratch import ScratchFolder

# How often to check whether a program has ended whose output others keep open: seconds.
_LOOK = 0.2


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
    wait_for_children()
    leader = subprocess.Popen(  # noqa: S603 - the interpreter that the user named
        with_default_signals(command),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        env={**scratch.environment(), **settings},
        cwd=scratch.working,
        start_new_session=True,
    )
    keeper.watch(leader.pid)
    limit_files(leader.pid)
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
