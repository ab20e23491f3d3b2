"""Lifelines: how a process knows that its descendants cannot see an object any more.

The mistake this prevents: `Process.start` drops the arguments in the parent as soon as the child is
there.  An object that nobody else refers to is released, its block is given to the next object, and
the child that still uses it writes into a stranger.  Or the child has handed it on and gone, and it
is a grandchild, of whom this process never heard, who does.

So each fork, and each start of a process that is given an object, makes a pipe, as long as there
are blocks in use.  The child keeps the writing end, and so does every process that it starts in
turn: forked ones inherit it, others get it with the objects.  The parent keeps the reading end,
which reports the end of file when the last of them is gone, however it went.  A block waits for the
lifelines that came after it was allocated and before it was released.

A process that closes all its descriptors, as daemons do, would cut its lifeline.  So each one says
its pid through the pipe first, and a line whose pids are not gone has not ended.

It costs the parent one descriptor per child, until it is found that the child has ended: at the
next fork, or the next allocation after something was released.

The heap calls all of this with its lock held, and pickling in the thread that starts a process.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import weakref
from collections.abc import Callable
from multiprocessing import reduction
from typing import Any

from ._descriptors import File, file_of, still_is

_NOT_YET = 1 << 62
_PID_BYTES = 8


class Lifeline:
    """One child: the blocks of which epochs it may use, and whether it or its own still can.

    `reader` is None where the pipe could not be had: such a child counts as living for ever, since
    too much memory in use is better than memory used twice.  `is_there` tells whether the start of
    a process that does not fork has come to its end, well or not.
    """

    __slots__ = ("_pids", "ended", "epoch", "is_there", "pipe", "reader", "writer")

    def __init__(self, is_there: Callable[[], bool] | None = None) -> None:
        # Until the start is over, other threads may allocate blocks that the child sees as well.
        self.epoch = _NOT_YET
        self.ended = False
        self.is_there = is_there
        self.reader: int | None = None
        self.writer: int | None = None
        self.pipe: File | None = None
        self._pids: set[int] = set()
        with contextlib.suppress(OSError):
            self.reader, self.writer = os.pipe()
            self.pipe = file_of(self.reader)
            # Who says its pid does not wait for a reader that never looks, nor the other way round.
            os.set_blocking(self.reader, False)
            os.set_blocking(self.writer, False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the writing end to a child, together with those that this process was given."""
        writers = dict(_held)
        if self.writer is not None:
            writers[self.writer] = self.pipe
        given = [
            (reduction.DupFd(writer), pipe)
            for writer, pipe in writers.items()
            if still_is(writer, pipe)
        ]
        return _receive, (given,)

    def started(self) -> None:
        """Let the child alone hold the writing end."""
        global _epoch
        if self.writer is not None and still_is(self.writer, self.pipe):
            os.close(self.writer)
        self.writer = None
        self.is_there = None
        self.epoch = _epoch
        _epoch += 1

    def has_ended(self) -> bool:
        """Tell whether nobody holds the writing end, and those who said their pids are gone."""
        if self.reader is None or not still_is(self.reader, self.pipe):
            self.reader = None  # somebody has closed it: nothing will be known of this child
            return False
        try:
            while said := os.read(self.reader, 64 * _PID_BYTES):
                pids = (said[at : at + _PID_BYTES] for at in range(0, len(said), _PID_BYTES))
                self._pids.update(int.from_bytes(pid, "little") for pid in pids)
        except BlockingIOError:
            said = b"more to come"
        self._pids = set(filter(_lives, self._pids))
        return not said and not self._pids

    def end(self) -> None:
        """Record that nobody needs it any more, and close what this process has of it."""
        global _ended
        self.ended = True
        _ended += 1
        for descriptor in (self.reader, self.writer):
            if descriptor is not None and still_is(descriptor, self.pipe):
                os.close(descriptor)
        self.reader = self.writer = None


# All that may not have ended.
lines: list[Lifeline] = []
_epoch = 0
_ended = 0
# The writing ends that this process was given by those whom it comes from.
_held: dict[int, File | None] = {}
_forking = threading.local()  # two threads may fork at the same time


def _lives(pid: int) -> bool:
    try:
        # A child that waits to be reaped is none that uses anything.
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except (ChildProcessError, AttributeError):
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _hold(writers: dict[int, File | None]) -> None:
    """Keep writing ends; say through all that there are whose process this is."""
    _held.update(writers)
    for writer, pipe in _held.items():
        with contextlib.suppress(OSError):
            if still_is(writer, pipe):
                os.write(writer, os.getpid().to_bytes(_PID_BYTES, "little"))


def epoch() -> int:
    """Return the number of children so far that have a lifeline."""
    return _epoch


def ended() -> int:
    """Return how many lifelines have ended so far."""
    return _ended


def living() -> list[Lifeline]:
    """Return the lifelines whose child, or a descendant of it, may be alive; end the others."""
    if not lines:
        return []
    for line in lines:
        if line.is_there is not None and line.is_there():
            line.started()
    poll = select.poll()
    by_descriptor = {line.reader: line for line in lines if line.reader is not None}
    for descriptor in by_descriptor:
        poll.register(descriptor, select.POLLIN)
    for descriptor, _ in poll.poll(0):
        line = by_descriptor[descriptor]
        if line.has_ended():
            lines.remove(line)
            line.end()
    return list(lines)


def before_spawn(popen: Any) -> Lifeline:
    """Make a lifeline for a child that is being spawned, to be pickled for it."""
    launched = weakref.ref(popen)

    def is_there() -> bool:
        # One that could not be launched is soon gone.
        child = launched()
        return child is None or getattr(child, "pid", None) is not None

    living()
    line = Lifeline(is_there)
    lines.append(line)
    return line


def _receive(given: list[tuple[Any, File | None]]) -> None:
    writers = {}
    for duplicate, pipe in given:
        writer = duplicate.detach()
        # The main module is imported before, and may have closed it and opened a file of its own.
        if still_is(writer, pipe):
            # It had to survive one exec to come here; no program that is run later is to hold it.
            os.set_inheritable(writer, False)
            writers[writer] = pipe
    _hold(writers)


def before_fork(needed: bool) -> None:
    """Make a lifeline for the fork that follows, when there are blocks that its child will see."""
    _forking.line = None
    living()
    if needed:
        _forking.line = Lifeline()
        lines.append(_forking.line)


def after_in_parent() -> None:
    """Let the child alone hold the writing end."""
    line = getattr(_forking, "line", None)
    _forking.line = None
    if line is not None:
        line.started()


def after_in_child() -> None:
    """Keep the writing end of this fork, and nothing that concerns the parent's other children."""
    line = getattr(_forking, "line", None)
    _forking.line = None
    writers: dict[int, File | None] = {}
    if line is not None and line.writer is not None:
        writers[line.writer] = line.pipe
        line.writer = None
    for other in lines:
        other.end()  # another thread of the parent was starting one as well
    lines.clear()
    _hold(writers)
