"""Area `lock`: what is recorded about locks because no clause promises it."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...stage.actor import Actor
from ...stage.handles import Handle, invoke
from ...stage.stage import Stage
from ..kit.check import observation
from ..kit.observe import in_short

_KINDS = ("Lock", "RLock")


def _new(actor: Actor, kind: str) -> Handle:
    lock: Handle = getattr(actor, kind)()
    return lock


def _call(lock: Handle, method: str, *args: Any, **keywords: Any) -> str:
    return in_short(partial(invoke, lock, method, *args, **keywords))


_BLOCKS: list[Any] = [1, 0, 2, -1, 0.0, 1.5, None, "", "x", [], [0], 2**70]


@observation("lock.non-bool-block-arguments")
def test_non_bool_block_arguments(stage: Stage) -> dict[str, dict[str, list[str]]]:
    observed: dict[str, dict[str, list[str]]] = {}
    for kind in _KINDS:
        outcomes: dict[str, list[str]] = {}
        for block in _BLOCKS:
            outcome = _call(_new(stage.creator, kind), "acquire", block)
            outcomes.setdefault(outcome, []).append(repr(block))
        observed[kind] = outcomes
    return observed
