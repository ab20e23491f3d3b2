"""Children of a scenario: started, waited for, and killed where they do not end by themselves.

They come from the backend's own contexts, as actors do (`processes`), but are not actors: each runs
one function and ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .. import patience
from ..system import leaked_names, process_states
from . import processes
from .records import record


@record
class Ended(NamedTuple):
    """How a child ended: its exit code, None if it did not end by itself and was killed."""

    exit_code: int | None

    def __str__(self) -> str:
        code = self.exit_code
        return "did not end by itself" if code is None else f"ended with exit code {code}"


def start_child(target: Callable[..., object], *args: Any, context: Any = None) -> Any:
    """Start a child and return its Process; raises whatever its start raises.

    It is of the backend's context for this stage, or of another one.
    """
    process = (context or processes.context()).Process(target=target, args=args)
    process.start()
    return process


def run_child(target: Callable[..., object], *args: Any, context: Any = None) -> Ended:
    """Do the same and wait for its end; return how it ended."""
    return end_of(start_child(target, *args, context=context))


def end_of(process: Any) -> Ended:
    """Wait for a process that was started, and kill it if it does not end.

    Starting a process reaps others that have ended, in any thread. For a moment `join` of one of
    these returns while its `exitcode` is still None, so it is called again.
    """

    def has_ended(seconds: float) -> bool:
        until = time.monotonic() + seconds
        while process.exitcode is None and time.monotonic() < until:
            process.join(seconds)
        return process.exitcode is not None

    if wait_for(has_ended):
        return Ended(int(process.exitcode))
    kill(process)
    return Ended(None)


def wait_for(ready: Callable[[float], bool]) -> bool:
    """Wait until something is ready that other processes work for; return whether it is.

    `ready` waits for some seconds and says so. If other processes are running when they are over,
    as on a slow machine, it is asked once more.
    """
    bound = patience.PROCESS_ENDS
    return ready(bound) or (not process_states.are_asleep() and ready(2 * bound))


def kill(process: Any) -> int | None:
    """Kill a child; return its exit code, None if it has none within the bound.

    It may have been in the middle of a construction: names of shared memory that only it could have
    removed are removed.
    """
    if process.exitcode is None:
        # The forkserver reaps its children at once: it may have gone in between.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGSTOP)
            names = leaked_names.of_stopped([process.pid])
            os.kill(process.pid, signal.SIGKILL)
            process.join(patience.AT_ONCE)
            leaked_names.remove(names)
    code: int | None = process.exitcode
    return code
