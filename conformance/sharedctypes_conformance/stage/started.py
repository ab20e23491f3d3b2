"""A program that was started: waits for it, finds all that descends from it, and ends that."""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

import psutil

from ..actors.system import leaked_names, process_states
from . import guardian
from .family import Family
from .keeper import GRACE, keeper

# The guardians of all programs that have not been ended.
running: set[int] = set()


class Started:
    """A program and its guardian; to be ended.

    `pid` is that of the program, and of the session and the group that it leads.
    """

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str],
        folder: Path,
        stdout: IO[bytes] | int,
        stderr: IO[bytes] | int,
    ) -> None:
        """Start a program in a folder; raises OSError if it cannot be run."""
        self._code: int | None = None
        self._received = b""
        self._control, theirs = socket.socketpair()
        refusals, refusal = os.pipe()
        with open(refusals, "rb") as refused:
            try:
                passed = (theirs.fileno(), refusal)
                self._guardian = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                    [sys.executable, "-I", "-S", guardian.__file__, *map(str, passed)],
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                    cwd=folder,
                    pass_fds=passed,
                    start_new_session=True,
                )
            finally:
                theirs.close()
                os.close(refusal)
            try:
                self.pid = self._receive(None)
            except EOFError:
                self._control.close()
                code = self._guardian.wait()
                raise OSError(f"its guardian ended at its start, with status {code}") from None
            self._family = Family(self._guardian.pid, self.pid)
            # Before there is anything to end.
            keeper.watch(self._family)
            running.add(self._guardian.pid)
            try:
                self._control.sendall(marshal.dumps((command, dict(environment))))
                self._control.shutdown(socket.SHUT_WR)
                number = refused.read()
                if number:
                    raise OSError(int(number), os.strerror(int(number)))
            except BaseException:
                self.end()
                raise

    def poll(self) -> int | None:
        """Return the program's exit code, None while it runs."""
        return self.wait(0)

    def wait(self, seconds: float) -> int | None:
        """Wait until the program has ended; return its exit code, None if it still runs."""
        if self._code is None:
            try:
                self._code = self._receive(seconds)
            except TimeoutError:
                return None
            except EOFError:  # somebody has killed the guardian
                self._code = self._guardian.wait()
        return self._code

    def processes(self) -> set[int]:
        """Return all processes that descend from the program and are running, itself included."""
        if process_states.all_processes():
            return self._family.members()
        return set(members(self.pid))

    def is_orphan(self, pid: int) -> bool:
        """Return whether a descendant of the program has lost its parent."""
        status = process_states.status_of(pid)
        return status is not None and status.parent == self._guardian.pid

    def end(self, first: Iterable[int] = ()) -> None:
        """End the processes that are to go `first`, then the program, then whatever else is left.

        Actors are killed first, and alone: the resource tracker, which unlinks shared memory and
        semaphores when the last of them is gone, descends from the program too, and needs a moment.
        What it does not know of is removed at the end.
        """
        # If the guardian has ended by itself, nobody is left, and the pids may have been reused.
        if self._guardian.poll() != 0:
            left = self._family.stop()
            process_states.kill(first)
            if self.poll() is None:
                process_states.kill([self.pid])
            self._family.ask_to_end()
            if not self.wait_for_all(GRACE):
                self._family.kill()
            leaked_names.remove(left)
            try:
                self._guardian.wait(GRACE)
            except subprocess.TimeoutExpired:  # a process that cannot be killed for now
                self._guardian.kill()
        self.wait(0)
        self._guardian.wait()
        running.discard(self._guardian.pid)
        self._control.close()
        keeper.done(self._family)

    def wait_for_all(self, seconds: float) -> bool:
        """Wait until the program and all that it has started have ended; return whether they have.

        The guardian ends after all that it has adopted. To look for them among all processes of the
        machine takes longer than most of them take to end.
        """
        until = time.monotonic() + seconds
        if guardian.ADOPTS and self.wait(seconds) is not None:
            with contextlib.suppress(TimeoutError, EOFError):
                self._receive(max(0, until - time.monotonic()))  # it has nothing more to say
            with contextlib.suppress(subprocess.TimeoutExpired):
                if self._guardian.wait(max(0, until - time.monotonic())) == 0:
                    return True
        # Somebody has killed the guardian, or it has adopted nobody.
        while self.processes():
            if time.monotonic() > until:
                return False
            time.sleep(0.005)  # they are not our children: there is nothing to wait on
        return True

    def _receive(self, seconds: float | None) -> int:
        """Return the next number from the guardian: the pid, then the exit code.

        Raises TimeoutError if there is none in time, EOFError if there will be none.
        """
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        while b"\n" not in self._received:
            if not poll.poll(None if seconds is None else seconds * 1000):
                raise TimeoutError
            more = self._control.recv(64)
            if not more:
                raise EOFError
            self._received += more
        number, _, self._received = self._received.partition(b"\n")
        return int(number)


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
