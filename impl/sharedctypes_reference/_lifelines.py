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

_NOT_YET = 1 << 62
_PID_BYTES = 8


# What tells a pipe from other files: device and number.
_Pipe = tuple[int, int]


def _pipe_of(descriptor: int) -> _Pipe:
    try:
        stat = os.fstat(descriptor)
    except OSError:
        return (0, 0)
    return stat.st_dev, stat.st_ino


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
        self.pipe: _Pipe | None = None
        self._pids: set[int] = set()
        with contextlib.suppress(OSError):
            self.reader, self.writer = os.pipe()
            self.pipe = _pipe_of(self.reader)
            # Who says its pid does not wait for a reader that never looks, nor the other way round.
            os.set_blocking(self.reader, False)
            os.set_blocking(self.writer, False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the writing end to a child, together with those that this process was given."""
        writers = [] if self.writer is None else [self.writer]
        writers += [writer for writer, pipe in _held.items() if _pipe_of(writer) == pipe]
        return _receive, (list(map(reduction.DupFd, writers)),)

    def started(self) -> None:
        """Let the child alone hold the writing end."""
        global _epoch
        if self.writer is not None and _pipe_of(self.writer) == self.pipe:
            os.close(self.writer)
        self.writer = None
        self.is_there = None
        self.epoch = _epoch
        _epoch += 1

    def has_ended(self) -> bool:
        """Tell whether nobody holds the writing end, and those who said their pids are gone."""
        if self.reader is None or _pipe_of(self.reader) != self.pipe:
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
        self.ended = True
        for descriptor in (self.reader, self.writer):
            if descriptor is not None and _pipe_of(descriptor) == self.pipe:
                os.close(descriptor)
        self.reader = self.writer = None


_lifelines: list[Lifeline] = []
_epoch = 0
# The writing ends that this process was given by those whom it comes from. A program may close
# all descriptors, and have one with the same number then that is none of ours.
_held: dict[int, _Pipe] = {}
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


def _hold(writers: list[int]) -> None:
    """Keep writing ends; say through all that there are whose process this is."""
    _held.update((writer, _pipe_of(writer)) for writer in writers)
    for writer, pipe in _held.items():
        with contextlib.suppress(OSError):
            if _pipe_of(writer) == pipe:
                os.write(writer, os.getpid().to_bytes(_PID_BYTES, "little"))


def epoch() -> int:
    """Return the number of children so far that have a lifeline."""
    return _epoch


def living() -> list[Lifeline]:
    """Return the lifelines whose child, or a descendant of it, may be alive; end the others."""
    for line in _lifelines:
        if line.is_there is not None and line.is_there():
            line.started()
    if _lifelines:
        poll = select.poll()
        by_descriptor = {line.reader: line for line in _lifelines if line.reader is not None}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll(0):
            line = by_descriptor[descriptor]
            if line.has_ended():
                _lifelines.remove(line)
                line.end()
    return list(_lifelines)


def before_spawn(popen: Any) -> Lifeline:
    """Make a lifeline for a child that is being spawned, to be pickled for it."""
    launched = weakref.ref(popen)

    def is_there() -> bool:
        # One that could not be launched is soon gone.
        child = launched()
        return child is None or getattr(child, "pid", None) is not None

    living()
    line = Lifeline(is_there)
    _lifelines.append(line)
    return line


def _receive(duplicates: list[Any]) -> None:
    writers = [duplicate.detach() for duplicate in duplicates]
    for writer in writers:
        # It had to survive one exec to come here; no program that is run later is to hold it.
        os.set_inheritable(writer, False)
    _hold(writers)


def before_fork(needed: bool) -> None:
    """Make a lifeline for the fork that follows, when there are blocks that its child will see."""
    _forking.line = None
    living()
    if needed:
        _forking.line = Lifeline()
        _lifelines.append(_forking.line)


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
    writer = None if line is None else line.writer
    if line is not None:
        line.writer = None
    for other in _lifelines:
        other.end()  # another thread of the parent was starting one as well
    _lifelines.clear()
    _hold([] if writer is None else [writer])
