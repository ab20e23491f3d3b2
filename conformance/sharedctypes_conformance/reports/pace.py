"""How often a long command says how far it is, where the output is no terminal that shows a bar."""

from __future__ import annotations

import time

from rich.console import Console

# Seconds.
PAUSE = 10.0


class Pace:
    """Prints a line now and then, and none in a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._spoke = time.monotonic()

    def say(self, line: str) -> None:
        """Print how far it is, unless that was said a moment ago."""
        now = time.monotonic()
        if not self._console.is_terminal and now > self._spoke + PAUSE:
            self._spoke = now
            self._console.print(line, highlight=False)
