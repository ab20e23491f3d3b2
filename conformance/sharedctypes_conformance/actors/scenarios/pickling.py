"""Ways that are closed: objects are pickled and sent through pipes, and not inherited.

A backend opens its objects to the pickler while a process is started. So they are sent before and
after a start that fails, and in the middle of one by another thread.
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable
from typing import Any

from .. import patience
from ..runtime import processes
from ..runtime.children import run_child
from ..runtime.marks import long_running
from ..threads.helpers import in_a_thread


def sent(objects: list[Any], way: str) -> list[str]:
    """Send objects by pickle or by a pipe, and not by inheritance; return what each raised."""
    return [_sent(obj, way) for obj in objects]


def _sent(obj: Any, way: str) -> str:
    try:
        if way == "pickle":
            pickle.dumps(obj)
        else:
            one, other = processes.context().Pipe()
            with one, other:
                one.send(obj)
    except RuntimeError:
        return "RuntimeError"
    except Exception as raised:  # which one is told
        return type(raised).__name__
    return "no exception"


@long_running
def sent_after_a_failed_start(objects: list[Any], way: str) -> list[str]:
    """Do the same when a process was to be given the objects, and what cannot be pickled."""
    _start(objects, _Unpicklable())
    return sent(objects, way)


@long_running
def sent_during_a_start(objects: list[Any], way: str) -> list[str]:
    """Do the same in another thread while a process is started that is given the objects.

    Return nothing where nothing is pickled at a start, or the thread waits for its end.
    """
    came: list[str] = []
    _start(_Meanwhile(lambda: came.extend(sent(objects, way))), objects)
    return came


def _start(*args: Any) -> None:
    with contextlib.suppress(Exception):  # whether it can be started is said by other clauses
        run_child(_take, *args)


def _take(*args: Any) -> None:
    """Be the target of a process that only takes its arguments."""


class _Unpicklable:
    def __reduce__(self) -> Any:
        raise TypeError("this cannot be pickled")


class _Meanwhile:
    """Has another thread do something, and waits for that, where it is pickled."""

    def __init__(self, function: Callable[[], object]) -> None:
        self.function = function

    def __reduce__(self) -> Any:
        with contextlib.suppress(TimeoutError):  # it may have to wait for the end of the start
            in_a_thread(self.function, within=patience.SENDER)
        return tuple, ()
