"""Locks that `multiprocessing` makes, and what it does when it makes the first one.

For the locks of processes that are not forked it starts a helper then, and two mistakes in how it
does so would be the program's to suffer:

* Before Python 3.14 it unblocks SIGINT and SIGTERM, whether they were blocked before or not, and a
  program that wants to be left alone for a while is interrupted.  Each thread has a mask of its
  own, and so another one makes the lock.
* It passes the descriptor of `sys.stderr` on, and fails if that is -1, as it is for the stream of
  some graphical shells.  What raises an exception instead it goes without, and so the stream is
  made to raise one meanwhile.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

_UNBLOCKED = {signal.SIGINT, signal.SIGTERM} if sys.version_info < (3, 14) else set()


def new_rlock(ctx: Any = None) -> Any:
    """Return a new `RLock` of a context, or of the default one."""
    make: Callable[[], Any] = multiprocessing.RLock if ctx is None else ctx.RLock
    if _has_a_false_descriptor():
        with _raising_instead():
            return _make(make)
    return _make(make)


def _make(make: Callable[[], Any]) -> Any:
    if _UNBLOCKED and _UNBLOCKED & signal.pthread_sigmask(signal.SIG_BLOCK, ()):
        return _in_a_thread(make)
    return make()


def _in_a_thread(make: Callable[[], Any]) -> Any:
    made: list[Any] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            made.append(make())
        except BaseException as problem:  # raised again below
            raised.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    for problem in raised:
        raise problem
    return made[0]


def _has_a_false_descriptor() -> bool:
    try:
        return sys.stderr.fileno() < 0
    except Exception:  # whatever it raises, there is none to be passed on
        return False


class _Stream:
    """A stream as it is, but for its descriptor."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextlib.contextmanager
def _raising_instead() -> Iterator[None]:
    stream = sys.stderr
    sys.stderr = replacement = _Stream(stream)
    try:
        yield
    finally:
        if sys.stderr is replacement:
            sys.stderr = stream
