"""Routes that are refused: objects are pickled or sent through a pipe, instead of inherited.

A backend lets its objects be pickled while a process is started. So they are sent also after a
start that failed, and in the middle of one by another thread.
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

# By one of these, or one that is derived from it, an object refuses to be pickled.
REFUSALS = (RuntimeError, TypeError, pickle.PicklingError)


def sent(objects: list[Any], route: str) -> list[str]:
    """Send objects by the route "pickle" or "pipe"; return the name of what each raised."""
    return [_sent(obj, route) for obj in objects]


def _sent(obj: Any, route: str) -> str:
    try:
        if route == "pickle":
            pickle.dumps(obj)
        else:
            one, other = processes.context().Pipe()
            with one, other:
                one.send(obj)
    except Exception as raised:  # which one is the outcome
        names = [cls.__name__ for cls in REFUSALS if isinstance(raised, cls)]
        return names[0] if names else type(raised).__name__
    return "no exception"


@long_running
def sent_after_a_failed_start(objects: list[Any], route: str) -> list[str]:
    """Do the same after a process was to be given the objects, and one that cannot be pickled."""
    _start(objects, _Unpicklable())
    return sent(objects, route)


@long_running
def sent_during_a_start(objects: list[Any], route: str) -> list[str]:
    """Do the same in another thread while a process is started that is given the objects.

    Return nothing where nothing is pickled at a start, or the thread waits for its end.
    """
    outcomes: list[str] = []
    _start(_Meanwhile(lambda: outcomes.extend(sent(objects, route))), objects)
    return outcomes


def _start(*args: Any) -> None:
    with contextlib.suppress(Exception):  # whether it can be started is said by other clauses
        run_child(_take, *args)


def _take(*args: Any) -> None:
    """Be the target of a process that only takes its arguments."""


class _Unpicklable:
    def __reduce__(self) -> Any:
        raise TypeError("this cannot be pickled")


class _Meanwhile:
    """When pickled, has another thread call a function, and waits for it."""

    def __init__(self, function: Callable[[], object]) -> None:
        self.function = function

    def __reduce__(self) -> Any:
        with contextlib.suppress(TimeoutError):  # it may have to wait for the end of the start
            in_a_thread(self.function, within=patience.SENDER)
        return tuple, ()
