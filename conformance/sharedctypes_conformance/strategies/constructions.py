"""Ways to a wrapper, one for each function that makes them and each category of object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..stage.actor import Actor
from ..stage.descriptions import Description
from ..stage.handles import Handle
from .accesses import SAMPLES, Access


@dataclass(frozen=True)
class Construction:
    """A call that makes a wrapper: of `Value` or `Array`, or of `synchronized` on the raw object.

    The lock is not part of it: it is an object of an actor, and is given to `carry_out`.
    """

    description: Description
    by_synchronized: bool = False

    def __repr__(self) -> str:
        return (
            f"synchronized({self.description.raw})"
            if self.by_synchronized
            else f"{self.description}"
        )

    def carry_out(self, actor: Actor, *lock: Any, **keywords: Any) -> Any:
        """Do it in an actor, with a lock or without one, and return what it returned."""
        one = self.description
        if self.by_synchronized:
            return actor.synchronized(one.raw.create(actor), *lock, **keywords)
        if lock:
            (keywords["lock"],) = lock
        result: Handle = getattr(actor, one.maker)(one.type, *one.args, **keywords)
        return result


BY_VALUE_AND_ARRAY = tuple(Construction(one) for one in SAMPLES)
BY_SYNCHRONIZED = tuple(Construction(one, by_synchronized=True) for one in SAMPLES)
CONSTRUCTIONS = BY_VALUE_AND_ARRAY + BY_SYNCHRONIZED


def with_access(
    makings: tuple[Construction, ...] = CONSTRUCTIONS,
) -> SearchStrategy[tuple[Construction, Access]]:
    """Return pairs of a way to a wrapper and an access that the wrapper offers."""
    return st.sampled_from(
        [(making, access) for making in makings for access in SAMPLES[making.description]]
    )
