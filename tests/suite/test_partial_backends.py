"""A backend of which one thing is wrong: findings name that thing, and accuse of nothing else."""

import re
from collections.abc import Iterator

import pytest

from liars.honest import partial
from sharedctypes_conformance.checks.kit import causes
from sharedctypes_conformance.judging.judge import Judgement
from sharedctypes_conformance.stage.stage import Stage

from .judging import judge, stage_for

CLAUSES = (
    "array.slicing-matches-ctypes",
    "copy.can-be-wrapped",
    "exclusion.child-contends-for-default-lock",
    "exclusion.other-thread-contends-for-lock",
    "interleaving.default-locks-follow-rlock-rules",
    "liveness.release-wakes-waiter",
    "lock.any-call-sequence-follows-rules",
    "lock.timed-acquire-fails-after-timeout",
    "lock-argument.default-lock-is-reentrant",
    "operations.structures-behave-as-one-ctypes-object",
    "sharing.many-processes-share-objects",
    "string.refuses-too-many-bytes",
    "thread.objects-work-in-any-thread",
    "with.excludes-other-processes",
    "with.exceptions-propagate-unchanged",
    "wrapper.reads-happen-under-lock",
    "wrapper.acquire-and-release-delegate-to-lock",
)

# Each fault with what the words about it have in them.
FAULTS = {
    "get_obj raises": "Planted: planted",
    "get_obj object": "PlantedObject",
    "get_lock None": "None|AttributeError",
    "acquire None": "None",
    "acquire truthy": "PlantedInt",
    "acquire takes-nothing": "argument|TypeError",
    "lock.acquire takes-nothing": "argument|TypeError",
    "lock.release raises": "Planted",
    "read None": "None",
    "read mock": "Mock",
    "without fields": "AttributeError",
    "synchronized missing": "has no 'synchronized'",
    "Array object": "PlantedObject",
    "Value None": "None",
    "__enter__ raises": "Planted",
    "without Array lock": "unexpected keyword",
}


@pytest.fixture(params=FAULTS)
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Return a stage for a backend with a fault, and look for causes afresh."""
    assert request.param in partial.FAULTS
    monkeypatch.setenv(partial.VARIABLE, request.param)
    causes._causes.cache_clear()
    made = stage_for("honest.partial", "fork")
    yield made
    made.close()
    causes._causes.cache_clear()


def test_findings_are_about_the_fault(stage: Stage, request: pytest.FixtureRequest) -> None:
    trace = FAULTS[request.node.callspec.params["stage"]]

    def is_true(judgement: Judgement) -> bool:
        return judgement.verdict == "pass" or bool(re.search(trace, judgement.message))

    judgements = {clause: judge(stage, clause) for clause in CLAUSES}
    verdicts = {one.verdict.value for one in judgements.values()}
    assert verdicts <= {"pass", "fail", "inconclusive", "unsupported"}
    assert {clause: one.message for clause, one in judgements.items() if not is_true(one)} == {}
    assert {one.verdict.value for one in judgements.values()} != {"pass"}
