"""What a `with` block does to its lock, written down as it goes.

A *construct* is a function of `note` and of one manager or two. It does with a wrapper what it does
with the wrapper's lock, so each is carried out with both, and what came of it compared. `note(...)`
writes down whether another thread could have the locks at that moment.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Construct = Callable[..., Any]


class Body(Exception):
    """What the body of a block raises."""


class Elsewhere:
    """Another thread of this process, for the time of a block, that tries for locks when asked."""

    def __init__(self) -> None:
        self._asked: Any = queue.SimpleQueue()
        self._answers: Any = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._try_each, daemon=True)

    def __enter__(self) -> Elsewhere:  # noqa: PYI034 - Self is not in Python 3.8
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._asked.put(None)
        self._thread.join()

    def _try_each(self) -> None:
        while True:
            lock = self._asked.get()
            if lock is None:
                return
            taken = False
            try:
                taken = lock.acquire(False)
                if taken:
                    lock.release()
            finally:
                self._answers.put(taken)

    def free(self, lock: Any) -> bool:
        """Return whether the other thread could have a lock now."""
        self._asked.put(lock)
        answer: bool = self._answers.get()
        return answer

    def state(self, lock: Any) -> str:
        """Return "free" or "held"."""
        return "free" if self.free(lock) else "held"


class Diary:
    """What happened in a construct, and which locks were free then."""

    def __init__(self, locks: Sequence[Any], elsewhere: Elsewhere) -> None:
        self._locks = locks
        self._state = elsewhere.state
        self.entries: list[str] = []

    def __call__(self, what: str) -> None:
        """Write down that something happened, and the states of the locks."""
        self.entries.append(f"{what}: {', '.join(map(self._state, self._locks))}")


def carry_out(
    constructs: Sequence[Construct],
    managers: Sequence[Any],
    locks: Sequence[Any],
    order: Sequence[int] | None = None,
) -> list[tuple[str, list[str]]]:
    """Carry out constructs in the given order; return what was noted and what came of each.

    The first that leaves a lock held is the last.
    """
    told = []
    with Elsewhere() as elsewhere:
        for construct in constructs if order is None else [constructs[place] for place in order]:
            note = Diary(locks, elsewhere)
            try:
                came = f"returned {construct(note, *managers)!r}"
            except BaseException as raised:  # whatever it raises is what came
                came = f"raised {type(raised).__name__}"
            note("after it")
            told.append((construct.__name__.strip("_"), [*note.entries, came]))
            if "held" in note.entries[-1]:
                break
    return told
