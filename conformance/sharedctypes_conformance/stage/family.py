"""A family: a program that was started, and everything that descends from it.

Members are found from outside: all of them descend from the guardian. Where the system does not
tell who descends from whom, they are signalled as a group. Both the suite and its keeper end
families; so this module, like the keeper, needs the standard library and this package only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import NamedTuple

from ..actors.system import leaked_names, process_states, resources

# For processes that were killed to be gone: seconds.
_GONE = 5.0


class Family(NamedTuple):
    """The pids of a guardian and of the program that it started, which leads a group."""

    guardian: int
    leader: int

    def __str__(self) -> str:
        return f"{self.guardian} {self.leader}"

    def members(self) -> set[int]:
        """Return those that are running, without the guardian; none where the system does not tell.

        Zombies are not running: they can take a moment to be reaped, if their parent is not ours.
        """
        return self._members_of(process_states.all_processes())

    def _members_of(self, everybody: dict[int, process_states.Status]) -> set[int]:
        running = {pid: one for pid, one in everybody.items() if one.state not in "ZX"}
        if self.guardian in running:
            found, more = set[int](), {self.guardian}
        else:
            # It ends after all others, unless somebody has killed it.
            found = more = {pid for pid, one in running.items() if one.group == self.leader}
        while more:
            more = {pid for pid, one in running.items() if one.parent in more} - found
            found = found | more
        return found

    def _send(self, *numbers: signal.Signals) -> None:
        """Send signals, each to all members before the next."""
        everybody = process_states.all_processes()
        members = self._members_of(everybody)
        for number in numbers:
            for pid in members:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
            if not everybody:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.leader, number)

    def stop(self) -> resources.Names:
        """Stop all members; return the new names that they hold. They go on by SIGCONT, or end."""
        stopped: set[int] = set()
        # One that was not stopped yet may have started another.
        while new := self.members() - stopped:
            for pid in new:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGSTOP)
            stopped |= new
        return leaked_names.of_stopped(stopped)

    def ask_to_end(self) -> None:
        """Send SIGTERM: it ends a forkserver; resource trackers end when all others have."""
        self._send(signal.SIGTERM, signal.SIGCONT)

    def kill(self) -> None:
        """Kill all members, and those that they start meanwhile."""
        until = time.monotonic() + _GONE
        self._send(signal.SIGKILL)
        while self.members() and time.monotonic() < until:
            time.sleep(0.002)  # they are not our children: there is nothing to wait on
            self._send(signal.SIGKILL)
