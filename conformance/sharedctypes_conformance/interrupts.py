"""Ctrl-C and SIGTERM on the command line: the first one ends the run, with a report.

An exception that a signal handler raises is lost where Python cannot propagate it, for instance in
`__del__`; so it is raised again at the next result. A second signal must not interrupt what the
first one has begun, unless that takes too long.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from types import FrameType

# After so many seconds a further signal is no impatience: the end hangs.
TOO_LONG = 20.0

_ENDING = b"\nsharedctypes-conformance: ending; the report will have what has been judged\n"


class Interrupts:
    """Raises one KeyboardInterrupt for any number of signals."""

    def __init__(self) -> None:
        self._since: float | None = None

    def install(self) -> None:
        """Handle both signals from now on; SIGINT only if it is not ignored, as by `nohup`."""
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._handle)
        signal.signal(signal.SIGTERM, self._handle)

    def ignore(self) -> None:
        """Ignore both from now on: while Python exits, they would end it by their default."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def check(self) -> None:
        """Raise KeyboardInterrupt if there has been a signal."""
        if self._since is not None:
            raise KeyboardInterrupt

    def _handle(self, _signal: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._since is not None and now - self._since < TOO_LONG:
            return
        self._since = now
        with contextlib.suppress(OSError):
            # Written past Python's buffers, which the interrupted code may be writing to.
            os.write(2, _ENDING)
        raise KeyboardInterrupt
