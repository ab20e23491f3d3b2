"""Which operations of a finding show it: their outcomes are what a reproducer compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import outcomes
from .harmless import ACTORS
from .reading import Call, Function, Record, Step

JOIN = Function(f"{ACTORS}runtime.processes.join")


@dataclass(frozen=True)
class Judged:
    """An operation whose outcome is compared: what was seen, and if known, what should be.

    `part` is what picks the part of the outcome that is compared, "" for the whole.
    """

    seen: str
    wanted: tuple[str, ...] = ()
    part: str = ""


def judged_by_contrast(
    steps: Sequence[Step], seen: str, wanted: str, after: int
) -> dict[int, Judged]:
    """Return the operation whose outcome is what was seen, nothing if none has it.

    `after` says how many operations follow it in the history.
    """
    text = outcomes.as_printed(seen)
    matching = [
        place
        for place, step in enumerate(steps)
        if _is_comparable(step) and outcome_of(step) == text
    ]
    exact = len(steps) - 1 - after
    if not matching:
        return {}
    place = exact if exact in matching else matching[-1]
    return {place: Judged(text, outcomes.wanted(wanted))}


def judged_by_trace(steps: Sequence[Step]) -> dict[int, Judged]:
    """Return all operations whose outcome can be compared, with their outcomes."""
    found = {}
    for place, step in enumerate(steps):
        if step.asked is not None:
            found[place] = Judged(repr(step.ended if step.asked is None else step.asked))
        elif _is_comparable(step):
            text = outcome_of(step)
            if text not in ("", "None", outcomes.AN_OBJECT):
                found[place] = Judged(text)
    return found


def judged_by_life(steps: Sequence[Step]) -> dict[int, Judged]:
    """Return the last operation that looked at all that a process has, if something was wrong."""
    last = steps[-1].returned if steps else None
    if not isinstance(last, Record) or last.name != "scenarios.lives.Played":
        return {}
    if not last.fields["wrong"]:
        return {}
    return {len(steps) - 1: Judged(repr(last.fields["text"]), ("''",), ".text")}


def tells_of_death(step: Step) -> bool:
    """Return whether an operation returned that a process which it had started was killed."""
    returned = step.returned
    code = returned.fields.get("exit_code") if isinstance(returned, Record) else None
    return isinstance(code, int) and code < 0


def outcome_of(step: Step) -> str:
    """Return the outcome of an operation, as it is printed."""
    return outcomes.played(step)


def _is_comparable(step: Step) -> bool:
    if not isinstance(step.action, Call) or step.begins:
        return False
    # Whether something has an attribute is asked in order to find out what to do with it.
    return step.action.function not in (JOIN, Function("builtins.hasattr"))
