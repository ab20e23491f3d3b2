"""What a `with` block does to its lock, recorded as it goes.

A *construct* is a function of `note` and of one manager or two. It does with a wrapper what it does
with the wrapper's lock, so each is carried out with both, and the outcomes are compared.
`note(...)` records whether another thread can acquire the locks at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..runtime.records import record
from ..threads.other_thread import OtherThread

if TYPE_CHECKING:
    Construct = Callable[..., Any]


class RaisedInBody(Exception):
    """What the body of a block raises."""


class Notes:
    """What happened in a construct, and which locks were free then."""

    def __init__(self, locks: Sequence[Any], thread: OtherThread) -> None:
        self._locks = locks
        self._state = thread.state
        self.entries: list[str] = []

    def __call__(self, what: str) -> None:
        """Record that something happened, and the states of the locks."""
        self.entries.append(f"{what}: {', '.join(map(self._state, self._locks))}")


@record
class CarriedOut(NamedTuple):
    """The name of a construct, and what was recorded while it was carried out."""

    construct: str
    entries: list[str]


def carry_out(
    constructs: Sequence[Construct],
    managers: Sequence[Any],
    locks: Sequence[Any],
    order: Sequence[int] | None = None,
) -> list[CarriedOut]:
    """Carry out constructs in the given order; the first that leaves a lock held is the last."""
    carried_out = []
    with OtherThread() as thread:
        for construct in constructs if order is None else [constructs[place] for place in order]:
            note = Notes(locks, thread)
            try:
                outcome = f"returned {construct(note, *managers)!r}"
            except BaseException as raised:  # whatever it raises is the outcome
                outcome = f"raised {type(raised).__name__}"
            note("after it")
            name = construct.__name__.strip("_").replace("_", " ")
            carried_out.append(CarriedOut(name, [*note.entries, outcome]))
            if "held" in note.entries[-1]:
                break
    return carried_out
