"""Area `lifecycle`: generated programs over the whole life of shared objects, against a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ...actors.objects import belongings
from ...oracle.life import TO_COVER
from ...stage.findings import Refused
from ...stage.stage import Stage
from ...strategies.lives import Program, lives
from ..kit.check import check
from ..kit.living import live
from ..kit.makers import NAMES

# What is broken once somebody has let go of what it had made, while others use it.
_WITHOUT_MAKER = "without its maker"


def _about(clause: str, promise: str) -> Callable[..., Callable[..., None]]:
    """Tie a function to a clause on a promise. All of them draw the same programs."""
    return check(clause, promise, fewer=2, covers=TO_COVER, steps=lives())


@_about("lifecycle.new-objects-are-zeroed", belongings.ZEROED)
@_about("lifecycle.live-objects-are-disjoint", belongings.DISJOINT)
@_about("lifecycle.contents-stay", belongings.CONTENTS)
@_about("lifecycle.writes-reach-every-process", belongings.SEEN)
@_about("lifecycle.locks-exclude", belongings.LOCKS)
@_about("lifecycle.every-step-succeeds", belongings.RAISED)
@_about("lifecycle.objects-outlive-their-makers-names", _WITHOUT_MAKER)
def test_lifecycle(stage: Stage, promise: str, steps: Program) -> Counter[str]:
    stage.require(*NAMES, "copy", "synchronized")
    lived = live(stage, steps)
    if lived.finding:
        broken = _WITHOUT_MAKER if lived.strained else lived.broken
        if broken == promise:
            raise lived.finding
        raise Refused(
            f"something else went wrong first, which another clause judges: {lived.finding}"
        )
    return lived.covered
