"""Area `interleaving`: generated steps of two processes with two threads each, against a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ...oracle.locks import LOCK, RLOCK, Setting, transitions
from ...stage.stage import Stage
from ...strategies.interleavings import interleavings, spellings_of
from ...strategies.steps import Steps
from ..kit.check import check
from ..kit.interplay import PROCESS_OF, Interplay, players

# A default lock guards one object, a given one guards two.
_DEFAULT = Setting((RLOCK, RLOCK, RLOCK), (0, 1, 2), PROCESS_OF)
_RECURSIVE = Setting((RLOCK, RLOCK), (0, 0, 1), PROCESS_OF)
_PLAIN = Setting((LOCK, LOCK), (0, 0, 1), PROCESS_OF)


def _everything(setting: Setting) -> set[str]:
    """Return what the examples have to cover: each step in each state, each spelling of a call."""
    return transitions(setting.kinds[0]) | spellings_of(setting)


def _under(clause: str, setting: Setting) -> Callable[..., Callable[..., None]]:
    """Tie a function to a clause on the steps that are possible in a setting."""
    return check(clause, setting, covers=_everything(setting), steps=interleavings(setting))


@_under("interleaving.default-locks-follow-rlock-rules", _DEFAULT)
@_under("interleaving.given-rlocks-follow-rlock-rules", _RECURSIVE)
@_under("interleaving.given-locks-follow-lock-rules", _PLAIN)
def test_interleavings(stage: Stage, setting: Setting, steps: Steps) -> Counter[str]:
    given = setting is not _DEFAULT
    threads = stage.pool.cast((setting, given), lambda: players(stage, setting, given))
    interplay = Interplay(stage, setting, threads)
    interplay.follow(steps)
    return interplay.covered
