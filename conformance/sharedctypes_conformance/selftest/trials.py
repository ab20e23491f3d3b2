"""Trials: a backend of the gallery is judged under one start method, by some clauses.

A liar is judged by the clauses that must catch it, a correct backend by all.
"""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from ..checks.kit.check import all_checks
from ..contract import load_registry
from ..judging.judge import judge
from ..judging.shrinking import FOR_THE_VERDICT
from ..stage.probing import Probed, probe
from ..stage.stage import Stage
from ..verdicts.model import Verdict


class Trial(NamedTuple):
    """What is to be judged: `backend` is the name of a module of `liars`, as `area.lie`."""

    backend: str
    start_method: str
    profile: str
    seed: int
    clauses: tuple[str, ...]


class Outcome(BaseModel):
    """The verdict of a clause in a trial; `seconds` is how long that took."""

    model_config = ConfigDict(frozen=True)

    backend: str
    start_method: str
    profile: str
    seed: int
    clause: str
    verdict: Verdict
    message: str
    seconds: float


@cache
def _probed(backend: str, gallery: Path) -> Probed:
    return probe(sys.executable, f"liars.{backend}", {"liars": gallery})


def hold(trial: Trial, gallery: Path) -> list[Outcome]:
    """Judge the clauses of a trial that apply to this interpreter, on one stage."""
    probed = _probed(trial.backend, gallery)
    outcomes = []
    stage = Stage(probed.target(trial.start_method))
    try:
        for name in trial.clauses:
            if (
                not load_registry()
                .clause(name)
                .applies_to(probed.interpreter["python"], stage.target.has_own_contexts)
            ):
                continue
            began = time.perf_counter()
            try:
                judgement = judge(
                    stage,
                    all_checks()[name],
                    trial.profile,
                    trial.seed,
                    shrinking=FOR_THE_VERDICT,
                )
                verdict, message = judgement.verdict, judgement.message
            except Exception as problem:  # a bug of the suite
                verdict, message = Verdict.ERROR, f"{type(problem).__name__}: {problem}"
                stage.reset()
            outcomes.append(
                Outcome(
                    backend=trial.backend,
                    start_method=trial.start_method,
                    profile=trial.profile,
                    seed=trial.seed,
                    clause=name,
                    verdict=verdict,
                    message=message,
                    seconds=round(time.perf_counter() - began, 3),
                )
            )
    finally:
        stage.close()
    return outcomes
