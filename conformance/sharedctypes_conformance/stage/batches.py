"""Several calls of one actor in one round trip."""

from __future__ import annotations

from typing import Any

from ..actors.runtime import batches
from .actor import Actor
from .findings import short_name
from .names import Name
from .operations import call_of, without_handles


def call_until_a_surprise(
    actor: Actor, calls: list[tuple[Name, tuple[Any, ...], dict[str, Any], tuple[str, Any]]]
) -> list[tuple[str, Any]]:
    """Call functions one after the other, until one has an unexpected outcome.

    Each call includes the expected one: ("returned", value) or ("raised", class name). Return the
    outcomes, up to the first that differs: ("returned", value) or ("raised", names of the class and
    its bases). In the history they are calls like any others.
    """
    with actor.history.paused():
        ended: list[Any] = actor.call(batches.until_a_surprise, calls)
    outcomes = []
    for (function, args, keywords, _), (start, end, (how, what, text)) in zip(
        calls, ended, strict=False
    ):
        outcome = (how, without_handles(what), text)
        call = call_of(function, args, keywords)
        actor.history.add(actor.operation(call, start, end, outcome))
        outcomes.append((how, list(map(short_name, what)) if how == "raised" else what))
    return outcomes
