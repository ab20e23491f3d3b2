"""Every construction of a wrapper: each function that returns one, each category of object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..stage.actor import Actor
from ..stage.descriptions import Description
from ..stage.handles import Handle
from .accesses import SAMPLES
from .tables import Table, each_of


@dataclass(frozen=True)
class Construction:
    """A call that constructs a wrapper: `Value`, `Array`, or `synchronized` of the raw object.

    The lock is no part of it: it is an object in an actor, and is passed to `carry_out`.
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
        """Make the call in an actor, with or without a lock, and return its result."""
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
    constructions: tuple[Construction, ...] = CONSTRUCTIONS,
) -> Table:
    """Return pairs of a construction and an access that its wrapper offers."""
    return each_of(
        [
            (construction, access)
            for construction in constructions
            for access in SAMPLES[construction.description]
        ]
    )
