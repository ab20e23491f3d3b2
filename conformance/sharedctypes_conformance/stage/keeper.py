"""Ends what the suite started, when the suite itself is killed.

Actors that are blocked do not notice that the suite has died. So a separate process outlives the
suite by a moment: the suite tells it about each family of processes and each folder before there is
anything in it (`Keeper.watch`), and when it has ended or been removed (`Keeper.done`); when the
suite's end of the pipe closes, the keeper kills and removes what is left.

The second half of this module runs in that process: it needs the standard library and this package.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from ..actors.system.leaked_names import note_existing, remove, remove_noted
from ..actors.system.process_states import kill, with_temporary_folder
from .family import Family

# How long a family may take to clean up after itself: seconds.
GRACE = 0.8

# How long a folder may come back after it was removed: seconds.
STUBBORN = 3 * GRACE

# Where in a folder that is watched the temporary files of actors are.
TEMPORARY = "t"

# Isolated from what users have set and installed, and so from where this package lies, too.
_PROGRAM = f"import sys; sys.path.append(sys.argv[1]); from {__name__} import keep; keep()"


class Keeper:
    """The suite's end: one keeper for all stages of a process, started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def watch(self, thing: Family | Path) -> None:
        """Have a family ended, or a folder removed, should this process die."""
        self._send(f"+{thing}")

    def done(self, thing: Family | Path) -> None:
        """Take note that a family has been ended, or a folder removed."""
        self._send(f"-{thing}")

    def _send(self, line: str) -> None:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - this very module
                [sys.executable, "-I", "-S", "-c", _PROGRAM, str(Path(__file__).parents[2])],
                stdin=subprocess.PIPE,
                text=True,
                # Not in the terminal's group: Ctrl-C is for the suite.
                start_new_session=True,
            )
            atexit.register(self._dismiss, self._process)
        assert self._process.stdin
        with suppress(BrokenPipeError):
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()

    def _dismiss(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        with suppress(OSError):
            process.stdin.close()
        process.wait()


keeper = Keeper()


def keep() -> None:
    """Read what to watch until the suite is gone, then kill and remove what is left of it."""
    note_existing()
    watched: set[str] = set()
    for line in sys.stdin:
        (watched.add if line.startswith("+") else watched.discard)(line[1:].rstrip("\n"))
    folders = [thing for thing in watched if os.path.isabs(thing)]
    families = [Family(*map(int, thing.split())) for thing in watched.difference(folders)]
    left = {path: file for family in families for path, file in family.stop().items()}
    for family in families:
        family.ask_to_end()
    if families:
        time.sleep(GRACE)  # for resource trackers: they are not our children, and tell nobody
    for family in families:
        family.kill()
    for folder in folders:
        temporary = os.path.join(folder, TEMPORARY)
        kill(with_temporary_folder(temporary))
        remove_noted(temporary)
    _remove_for_good(folders)
    remove(left)


def _remove_for_good(folders: list[str]) -> None:
    """Remove folders, and again if they come back: what another keeper ends soon may write there.

    The actors of a worker write bytecode into a folder of the run, and each has its own keeper.
    """
    until = time.monotonic() + STUBBORN
    while folders and time.monotonic() < until:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.1)  # who writes there is no child of ours: there is nothing to wait on
