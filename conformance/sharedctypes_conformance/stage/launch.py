"""Processes of the target interpreter: start one, or run it to its end.

A program leads a session of its own, so that Ctrl-C in the terminal reaches the suite alone.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO

from .keeper import GRACE
from .machine import wait_for_children
from .names import ACTORS_AS
from .scratch import ScratchFolder
from .started import Started

# How often to check whether a program has ended whose output others keep open: seconds.
_LOOK = 0.2


def start_creator(command: list[str], scratch: ScratchFolder, address: str, number: int) -> Started:
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
) -> Started:
    """Start a process as the leader of a session of its own; raises OSError if it cannot run.

    `settings` are added to its environment.
    """
    wait_for_children()
    environment = {**scratch.environment(), **settings}
    return Started(command, environment, scratch.working, stdout, stderr)


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
    (output, stdout), (errors, stderr) = os.pipe(), os.pipe()
    texts = {output: b"", errors: b""}
    try:
        try:
            process = start(command, scratch, stdout, stderr, settings)
        finally:
            os.close(stdout)
            os.close(stderr)
        open_still = {output, errors}
        try:
            until = time.monotonic() + seconds
            # Whoever has inherited the pipes may keep them open for longer than the program runs.
            while process.wait(0 if open_still else _LOOK) is None:
                if time.monotonic() > until:
                    return None
                _listen(open_still, texts, _LOOK)
        finally:
            process.end()
        code = process.wait(0)
        assert code is not None
        until = time.monotonic() + GRACE
        while open_still and time.monotonic() < until:
            _listen(open_still, texts, GRACE)
    finally:
        os.close(output)
        os.close(errors)
    return code, texts[output].decode(errors="replace"), texts[errors].decode(errors="replace")


def _listen(open_still: set[int], texts: dict[int, bytes], seconds: float) -> None:
    """Wait for some text from pipes and add it to theirs; forget pipes that have ended."""
    poll = select.poll()
    for descriptor in open_still:
        poll.register(descriptor, select.POLLIN)
    for descriptor, _ in poll.poll(seconds * 1000):
        more = os.read(descriptor, 1 << 16)
        texts[descriptor] += more
        if not more:
            open_still.discard(descriptor)
