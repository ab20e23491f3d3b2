"""Area `memory`: objects by the thousand.

They are made in portions, so that a backend is not taken for one that hangs because it is slow.
"""

from __future__ import annotations

from collections.abc import Callable

from ..stage.findings import Unjudged
from ..stage.handles import Name
from ..stage.stage import Stage
from .check import check
from .observe import expect

_CROWDS = "sharedctypes_actors.crowds."
# How many portions are waited for. What takes longer can't be judged here.
_PORTIONS = 120


def _in_portions(total: int, go_on: Callable[[int], int], what: str) -> None:
    """Go on from what has been done to what is wanted; `go_on` returns what was done then."""
    done = 0
    for _ in range(_PORTIONS):
        if done >= total:
            return
        done = go_on(done)
    raise Unjudged(f"it takes too long: {done} of {total} {what} are made")


@check("memory.thousands-of-objects-keep-apart")
def test_thousands_of_objects(stage: Stage) -> None:
    make = Name(stage.name_in_backend("RawValue"))
    values = stage.creator.call(_CROWDS + "Values", make)
    _in_portions(10_000, lambda _: values.grow(10_000), "values")
    expect(values.wrong(), [], "which of 10000 values do not hold their number:")
