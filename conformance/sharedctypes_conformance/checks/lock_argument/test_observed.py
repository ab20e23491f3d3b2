"""Area `lock-argument`: what is recorded about locks because no clause promises it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...actors.locks import minimal_locks
from ...stage.descriptions import Description
from ...stage.stage import Stage
from ...strategies.accesses import SAMPLE_NAMES, SAMPLES
from ..kit.check import observation
from ..kit.observe import in_short, works

_VALUE = Description("Value", "i", (7,))


def _lock_of(make: Callable[[], Any]) -> str:
    """Return the class of the lock that a wrapper has, or what its construction raised."""
    return in_short(lambda: make().get_lock())


@observation("lock-argument.numbers-as-lock")
def test_numbers_as_lock(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    observed = {}
    for number in (0, 1, 2, 0.0, 1.0):
        observed[f"Value, {number}"] = _lock_of(partial(creator.Value, "i", lock=number))
        observed[f"Array, {number}"] = _lock_of(partial(creator.Array, "i", 1, lock=number))
    return observed


@observation("lock-argument.non-locks-for-synchronized")
def test_non_locks_for_synchronized(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    values: list[Any] = [True, False, 0, 1, "", "lock", [], ()]
    raws = [_VALUE.raw.create(creator) for _ in values]
    return {
        repr(value): _lock_of(partial(creator.synchronized, raw, value))
        for raw, value in zip(raws, values, strict=True)
    }


@observation("lock-argument.incomplete-locks")
def test_incomplete_locks(stage: Stage) -> dict[str, dict[str, list[str]]]:
    creator = stage.creator
    observed: dict[str, dict[str, list[str]]] = {}
    for lock in (minimal_locks.AcquireOnly, minimal_locks.WithoutWith):
        for description, name in SAMPLE_NAMES.items():
            raw, given = description.raw.create(creator), creator.make(lock)
            outcomes = observed[f"{lock.__name__}, {name}"] = {}
            outcome = works(partial(creator.synchronized, raw, given))
            outcomes[outcome] = ["the wrapping"]
            if outcome == "works":
                wrapper = creator.synchronized(raw, given)
                for access in SAMPLES[description]:
                    outcome = works(partial(access.carry_out, wrapper))
                    outcomes.setdefault(outcome, []).append(access.on("w"))
    return observed
