"""Area `interleaving`: generated steps of two processes with two threads each, held to a model."""

from __future__ import annotations

from collections import Counter

from ...oracle.locks import LOCK, RLOCK, Setting, transitions
from ...stage.stage import Stage
from ...strategies.interleavings import interleavings, ways_of
from ...strategies.steps import Steps
from ..kit.check import check
from ..kit.interplay import PROCESS_OF, Interplay, players

# A default lock guards one object, a given one guards two.
_DEFAULT = Setting((RLOCK, RLOCK, RLOCK), (0, 1, 2), PROCESS_OF)
_RECURSIVE = Setting((RLOCK, RLOCK), (0, 0, 1), PROCESS_OF)
_PLAIN = Setting((LOCK, LOCK), (0, 0, 1), PROCESS_OF)


def _everything(setting: Setting) -> set[str]:
    """Return what the examples have to cover: each step in each state, each way of writing it."""
    return transitions(setting.kinds[0]) | ways_of(setting)


def _follow(stage: Stage, setting: Setting, steps: Steps, given: bool = True) -> Counter[str]:
    threads = stage.pool.cast((setting, given), lambda: players(stage, setting, given))
    interplay = Interplay(stage, setting, threads)
    interplay.follow(steps)
    return interplay.taken


@check("interleaving.of-default-locks", covers=_everything(_DEFAULT), steps=interleavings(_DEFAULT))
def test_default_locks(stage: Stage, steps: Steps) -> Counter[str]:
    return _follow(stage, _DEFAULT, steps, given=False)


@check(
    "interleaving.of-given-recursive-locks",
    covers=_everything(_RECURSIVE),
    steps=interleavings(_RECURSIVE),
)
def test_recursive_locks(stage: Stage, steps: Steps) -> Counter[str]:
    return _follow(stage, _RECURSIVE, steps)


@check("interleaving.of-given-plain-locks", covers=_everything(_PLAIN), steps=interleavings(_PLAIN))
def test_plain_locks(stage: Stage, steps: Steps) -> Counter[str]:
    return _follow(stage, _PLAIN, steps)
