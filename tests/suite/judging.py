"""Judging a module of this folder's neighbour `liars` as the suite judges any backend."""

import atexit
import os
import platform
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from sharedctypes_conformance.actors.runtime import probe as remote_probe
from sharedctypes_conformance.backends import STANDARD_LIBRARY
from sharedctypes_conformance.checks.kit.check import all_checks
from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.judging.judge import Judgement
from sharedctypes_conformance.judging.judge import judge as judge_check
from sharedctypes_conformance.judging.shrinking import FOR_A_REPORT, Shrinking
from sharedctypes_conformance.stage.findings import Finding
from sharedctypes_conformance.stage.probing import Probed, probe
from sharedctypes_conformance.stage.stage import Stage

LIARS = Path(__file__).parent.parent / "liars"
METHODS = ("fork", "spawn", "forkserver")


def probe_liar(name: str) -> Probed:
    """Look a liar up in this interpreter.

    That is done in a forked process, since starting one takes longer than many a test. A liar that
    does not bear it is looked up as any backend is.
    """
    # A backend may be told by a variable what to do, and a process has those of its start.
    variables = (one for one in os.environ.items() if not one[0].startswith("PYTEST"))
    stage, probed = _prober(frozenset(variables))
    try:
        stage.begin_example()
        found = stage.start().call(remote_probe.backend, f"liars.{name}")
        stage.end_example()
    except Finding:
        stage.reset()
        return probe(sys.executable, f"liars.{name}", {"liars": LIARS})
    return replace(probed, module=found["module"], backend=found)


@cache
def _prober(_variables: frozenset[tuple[str, str]]) -> tuple[Stage, Probed]:
    """Return a stage whose creator has imported no liar, and what it was made from."""
    probed = probe(sys.executable, STANDARD_LIBRARY, {"liars": LIARS})
    stage = Stage(probed.target("fork"))
    atexit.register(stage.close)
    return stage, probed


def stage_for(name: str, method: str) -> Stage:
    """Return a stage for a liar, to be closed."""
    return Stage(probe_liar(name).target(method))


def applicable(own_contexts: bool) -> list[str]:
    """Return the clauses that can be judged in this interpreter.

    `own_contexts` is whether the backend is in a package with contexts of its own.
    """
    version = platform.python_version()
    found = map(load_registry().clause, all_checks())
    return [clause.id for clause in found if clause.applies_to(version, own_contexts)]


def judge(
    stage: Stage,
    clause: str,
    profile: str = "quick",
    seed: int = 0,
    shrinking: Shrinking = FOR_A_REPORT,
) -> Judgement:
    """Judge one clause."""
    return judge_check(stage, all_checks()[clause], profile, seed, shrinking=shrinking)


__all__ = ["LIARS", "METHODS", "judge", "probe_liar", "stage_for"]
