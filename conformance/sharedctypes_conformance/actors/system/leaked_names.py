"""Names of shared memory that a process leaves when it ends in the middle of a construction.

Nobody knows them then, but as long as the process lives, the file is open or mapped. So they are
looked up while it is stopped (`of_stopped`), and removed when it has gone (`remove`). The suite
does so for its actors, and actors do for their children. A process that is interrupted and goes on
closes its files at once: it records what it holds before that (`note_files`), and removes their
names later (`of_files`), or else whoever removes its folder for temporary files (`remove_noted`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

from .. import patience
from . import process_states, resources

_NOTES = "held-files.txt"

# What was there before may be meant to stay, even if an actor opens it.
_existing: frozenset[str] | None = None


def note_existing() -> None:
    """Note the names that there are now: these are not leftovers.

    To be called before this process makes, or starts, anything that may leave some. Only the first
    call counts: a forked child knows what was there before its parent made anything.
    """
    global _existing
    if _existing is None:
        _existing = resources.listed() or frozenset()


def of(pids: Iterable[int]) -> resources.Names:
    """Return which names are held by processes and are new; none where the system does not tell.

    Raises RuntimeError if `note_existing` has not been called: new is what has been created since.
    """
    if _existing is None:
        raise RuntimeError("note_existing() was not called, so no name is known to be new")
    pids = tuple(pids)
    if not pids:  # `names()` would return those of this process
        return {}
    found = resources.names(*pids) or {}
    return {path: file for path, file in found.items() if path not in _existing}


def unheld() -> list[str]:
    """Return the new names that no process holds, in order; RuntimeError as `of`."""
    new = (resources.listed() or frozenset()) - (_existing or frozenset())
    # Looked for after the names, and they after that again: others make some and remove them.
    held = of(process_states.all_processes())
    return sorted((new - held.keys()) & (resources.listed() or frozenset()))


def of_stopped(pids: Iterable[int]) -> resources.Names:
    """Wait until processes that were sent SIGSTOP have stopped, and return the same."""
    pids = list(pids)
    until = time.monotonic() + patience.STANDSTILL
    while any(map(_goes_on, pids)) and time.monotonic() < until:
        time.sleep(0.001)  # they are not our children: there is nothing to wait on
    return of(pids)


def _goes_on(pid: int) -> bool:
    status = process_states.status_of(pid)
    return status is not None and status.state in "RSDI"


def note_files(folder: str) -> set[resources.File]:
    """Return which files this process holds, and record them in a folder.

    It is called in signal handlers. So it acquires no lock that the interrupted code may hold, as
    that under which `tempfile` chooses its folder; and it looks at nothing but this process, or it
    would take the longer, the more names others have.
    """
    found = resources.held_by(os.getpid()) or set()
    with open(os.path.join(folder, _NOTES), "a") as notes:
        notes.writelines(f"{device} {number}\n" for device, number in sorted(found))
    return found


def of_files(files: set[resources.File]) -> resources.Names:
    """Return which new names these files have."""
    found = resources.names_of(files)
    return {path: file for path, file in found.items() if path not in (_existing or ())}


def remove_noted(folder: str) -> None:
    """Remove the names of what was recorded by processes that had this folder for files."""
    try:
        with open(os.path.join(folder, _NOTES)) as notes:
            lines = notes.read().split("\n")[:-1]  # what was being written may end anywhere
    except OSError:
        return
    files: set[resources.File] = set()
    for line in lines:
        device, number = map(int, line.split())
        files.add((device, number))
    remove(of_files(files))


def remove(names: resources.Names) -> None:
    """Remove those of names that are still names of the same files, and that no process holds.

    Processes that were killed may need a moment until they hold none.
    """
    until = time.monotonic() + patience.STANDSTILL
    left = resources.still_there(names)
    while left:
        held = of(process_states.all_processes())
        resources.remove({path: left[path] for path in left.keys() - held.keys()})
        if not left.keys() & held.keys() or time.monotonic() > until:
            return
        time.sleep(0.005)  # the kernel tells nobody when a process lets go of a file
        left = resources.still_there(names)
