"""Findings from which reproducers are written: about liars, and such as a stranger may send."""

import importlib
import sys
from dataclasses import replace
from functools import cache
from typing import Any

from sharedctypes_conformance.reproducers.script import Story
from sharedctypes_conformance.verdicts.model import Evidence, Result, Standing

from .judging import judge, stage_for

# A liar, and a clause that catches it by an outcome that should be another one.
AN_OUTCOME = ("wrapper.slice_ignores_its_step", "wrapper.slicing-matches-object")


@cache
def result_of(liar: str, clause: str) -> Result:
    lies_under = getattr(importlib.import_module(f"liars.{liar}"), "START_METHODS", ("fork",))
    method = "fork" if "fork" in lies_under else lies_under[0]
    stage = stage_for(liar, method)
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    return Result(
        clause=clause,
        grade="MUST",
        backend=f"liars.{liar}",
        interpreter=sys.executable,
        start_method=method,
        verdict=judgement.verdict,
        standing=Standing.UNEXPECTED,
        message=judgement.message,
        evidence=judgement.evidence,
    )


def story_about(liar: str, clause: str) -> Story:
    return Story(result_of(liar, clause), "multiprocessing", "an interpreter")


def hostile(**evidence: Any) -> Story:
    story = story_about(*AN_OUTCOME)
    return replace(story, result=story.result.model_copy(update={"evidence": Evidence(**evidence)}))


def call(function: str, *args: Any) -> dict[str, Any]:
    does = {"call": {"name": function}, "args": [*args], "keywords": {}}
    return {"by": 1, "name": "creator", "does": does, "returned": 3}
