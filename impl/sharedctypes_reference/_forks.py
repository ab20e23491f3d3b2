"""Lifelines: how a process knows that its forked children cannot see an object any more.

The mistake this prevents: `Process.start` drops the arguments in the parent as soon as the child is
forked.  An object that nobody else refers to is released there, its block is given to the next
object, and the child that still uses it writes into a stranger.

So each fork, while there are blocks in use, makes a pipe.  The child keeps the writing end and
never uses it; its own forked children inherit it.  The parent keeps the reading end, which reports
the end of file when the last of them is gone, however it went.  A block waits for the lifelines of
those forks that came after it was allocated and before it was released.

It costs the parent one descriptor per forked child, until it is found that the child has ended: at
the next fork, or the next allocation after something was released.

The heap calls all of this with its lock held.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading

_NOT_YET = 1 << 62


class Lifeline:
    """One fork: the blocks of which epochs its child may use, and whether it still can.

    `reader` is None where the pipe could not be had: such a child counts as living for ever, since
    too much memory in use is better than memory used twice.
    """

    __slots__ = ("ended", "epoch", "reader", "writer")

    def __init__(self) -> None:
        # Until the fork is over, other threads may allocate blocks that the child sees as well.
        self.epoch = _NOT_YET
        self.ended = False
        self.reader: int | None = None
        self.writer: int | None = None
        with contextlib.suppress(OSError):
            self.reader, self.writer = os.pipe()

    def close_writer(self) -> None:
        """Close this process's copy of the writing end."""
        if self.writer is not None:
            os.close(self.writer)
            self.writer = None

    def end(self) -> None:
        """Record that nobody holds the writing end any more."""
        self.ended = True
        if self.reader is not None:
            os.close(self.reader)
            self.reader = None


_lifelines: list[Lifeline] = []
_epoch = 0
_held: list[Lifeline] = []  # those of this process and its ancestors: their writing ends stay open
_forking = threading.local()  # two threads may fork at the same time


def epoch() -> int:
    """Return the number of forks so far that have a lifeline."""
    return _epoch


def living() -> list[Lifeline]:
    """Return the lifelines whose child, or a descendant of it, may be alive; end the others."""
    if _lifelines:
        poll = select.poll()
        by_descriptor = {line.reader: line for line in _lifelines if line.reader is not None}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll(0):
            line = by_descriptor[descriptor]
            _lifelines.remove(line)
            line.end()
    return list(_lifelines)


def before(needed: bool) -> None:
    """Make a lifeline for the fork that follows, when there are blocks that its child will see."""
    _forking.line = None
    living()
    if needed:
        _forking.line = Lifeline()
        _lifelines.append(_forking.line)


def after_in_parent() -> None:
    """Let the child alone hold the writing end."""
    global _epoch
    line = getattr(_forking, "line", None)
    _forking.line = None
    if line is not None:
        line.close_writer()
        line.epoch = _epoch
        _epoch += 1


def after_in_child() -> None:
    """Keep the writing end of this fork, and nothing that concerns the parent's other children."""
    line = getattr(_forking, "line", None)
    _forking.line = None
    for other in _lifelines:
        if other is not line:
            other.close_writer()  # another thread of the parent was forking as well
        other.end()
    _lifelines.clear()
    if line is not None:
        _held.append(line)
