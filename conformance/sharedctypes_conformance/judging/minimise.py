"""The smallest part of an example that still fails, where the example is a sequence of steps.

hypothesis shrinks other examples, but knows nothing of what steps mean: it would change them rather
than leave some out.
"""

from __future__ import annotations

from ..stage.findings import Refused, Unjudged
from ..strategies.steps import Steps, shortest
from .examples import Bench, Example, Failure

# How many parts of an example may hang.
CUTS_BY_A_HANG = 12


def minimise(bench: Bench, failure: Failure, cuts: int) -> list[Failure]:
    """Return ever smaller parts of an example that fail with its verdict, the smallest last.

    At most `cuts` parts are tried. The result is empty for an example without steps, and where each
    of its steps matters.
    """
    name = failure.example.steps_name
    found: list[Failure] = []
    if not name:
        return found
    tries, hangs = 0, bench.stage.hangs.count

    def still_fails(steps: Steps) -> bool:
        nonlocal tries
        if tries >= cuts or bench.stage.hangs.count - hangs >= CUTS_BY_A_HANG:
            return False
        tries += 1
        try:
            part = bench.failure(Example({**failure.example.drawn, name: steps}))
        except (Refused, Unjudged):
            bench.stage.reset()
            return False
        if part is None:
            return False
        # What it left behind must not affect the next part.
        bench.stage.reset()
        if part.verdict is not failure.verdict:
            return False
        found.append(part)
        return True

    steps, suspects = failure.example.drawn[name], failure.finding.suspects
    if suspects is not None and still_fails(suspects):
        steps = suspects
    shortest(steps, still_fails)
    return found
