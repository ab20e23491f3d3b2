"""What a `with` block does to its lock, written down as it goes.

A *construct* is a function of `note` and of one manager or two. It does with a wrapper what it does
with the wrapper's lock, so each is carried out with both, and what came of it compared. `note(...)`
writes down whether another thread could have the locks at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .threads import at_once

if TYPE_CHECKING:
    Construct = Callable[..., Any]


class Body(Exception):
    """What the body of a block raises."""


def free_elsewhere(lock: Any) -> bool:
    """Return whether another thread of this process could have a lock now."""
    taken = []

    def try_it() -> None:
        if lock.acquire(False):
            lock.release()
            taken.append(True)

    at_once(try_it)
    return bool(taken)


def state_of(lock: Any) -> str:
    """Return "free" or "held", as another thread of this process finds a lock."""
    return "free" if free_elsewhere(lock) else "held"


class Diary:
    """What happened in a construct, and which locks were free then."""

    def __init__(self, locks: Sequence[Any]) -> None:
        self.locks = locks
        self.entries: list[str] = []

    def __call__(self, what: str) -> None:
        """Write down that something happened, and the states of the locks."""
        self.entries.append(f"{what}: {', '.join(map(state_of, self.locks))}")


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
    for construct in constructs if order is None else [constructs[place] for place in order]:
        note = Diary(locks)
        try:
            came = f"returned {construct(note, *managers)!r}"
        except BaseException as raised:  # whatever it raises is what came
            came = f"raised {type(raised).__name__}"
        note("after it")
        told.append((construct.__name__.strip("_"), [*note.entries, came]))
        if "held" in note.entries[-1]:
            break
    return told
