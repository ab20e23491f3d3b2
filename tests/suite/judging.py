"""Judging a module of this folder's neighbour `liars` as the suite judges any backend."""

import sys
from pathlib import Path

from sharedctypes_conformance.checks.kit.check import all_checks
from sharedctypes_conformance.judging.judge import Judgement
from sharedctypes_conformance.judging.judge import judge as judge_check
from sharedctypes_conformance.stage.probing import Probed, probe
from sharedctypes_conformance.stage.stage import Stage

LIARS = Path(__file__).parent.parent / "liars"
METHODS = ("fork", "spawn", "forkserver")


def probe_liar(name: str) -> Probed:
    """Look a liar up in this interpreter."""
    return probe(sys.executable, f"liars.{name}", {"liars": LIARS})


def stage_for(name: str, method: str) -> Stage:
    """Return a stage for a liar, to be closed."""
    return Stage(probe_liar(name).target(method))


def judge(stage: Stage, clause: str, profile: str = "quick", seed: int = 0) -> Judgement:
    """Judge one clause."""
    return judge_check(stage, all_checks()[clause], profile, seed)


__all__ = ["LIARS", "METHODS", "judge", "probe_liar", "stage_for"]
