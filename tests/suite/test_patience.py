"""A backend that hangs everywhere: it is accused once, and the rest is judged in little time."""

from collections.abc import Iterator

import pytest

from liars.honest.partial import VARIABLE
from sharedctypes_conformance.checks.kit import causes
from sharedctypes_conformance.judging.judge import Judgement
from sharedctypes_conformance.stage import patience
from sharedctypes_conformance.stage.stage import Stage

from .judging import judge, stage_for

# What hangs: the clause that is accused then, and one that follows from it.
ACCUSED = {
    "lock.acquire hangs": "exclusion.same-thread-contends-for-default-lock",
    "acquire hangs": "wrapper.acquire-and-release-delegate-to-lock",
    "read hangs": "wrapper.value-access-matches-object",
    "RawValue hangs": "seed.value-of-typecode-equals-type",
}
FOLLOWS = {
    "lock.acquire hangs": "with.is-reusable",
    "acquire hangs": "with.mixes-with-acquire-and-release",
    "read hangs": "exclusion.child-contends-for-lock",
    "RawValue hangs": "with.is-reusable",
}

# Some wait for calls, some for processes, programs or threads.
OF_EACH_SORT = (
    "raw.values-are-zeroed",
    "fault.exits-cleanly-with-live-objects",
    "leak.exit-leaves-no-processes",
    "leak.dropped-objects-leak-no-descriptors",
    "liveness.release-wakes-waiter",
    "seed.child-write-to-value-reaches-parent",
    "stress.values-are-linearizable",
)


@pytest.fixture(params=ACCUSED)
def hanging(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A stage on which much has hung, of a backend that hangs in one thing."""
    monkeypatch.setenv(VARIABLE, request.param)
    causes._causes.cache_clear()
    monkeypatch.setattr(patience, "PATIENCE", 1)
    monkeypatch.setattr(patience, "PATIENCE_AFTER_A_HANG", 0.3)
    stage = stage_for("honest.partial", "fork")
    stage.hangs.lost = patience.MOST_LOST
    yield stage
    stage.close()
    causes._causes.cache_clear()


def outcome(judgement: Judgement) -> tuple[str, str]:
    return judgement.verdict.value, judgement.follows_from


def test_one_clause_is_accused_and_the_others_follow_from_it(
    hanging: Stage, request: pytest.FixtureRequest
) -> None:
    fault = request.node.callspec.params["hanging"]
    accused = ACCUSED[fault]
    assert outcome(judge(hanging, FOLLOWS[fault])) == ("inconclusive", accused)
    assert outcome(judge(hanging, accused)) == ("hang", "")


@pytest.mark.parametrize("hanging", ["read hangs"], indirect=True)
def test_more_of_an_area_is_not_tried_in_vain(hanging: Stage) -> None:
    ways = ("same-thread", "other-thread", "child", "parent", "sibling")
    area = [f"exclusion.{who}-contends-for-lock" for who in ways]
    judgements = [judge(hanging, clause) for clause in area]
    accused = ACCUSED["read hangs"]
    assert {outcome(one) for one in judgements} == {("inconclusive", accused)}
    tried = ["not tried" not in one.message for one in judgements]
    assert tried == [place < patience.FRUITLESS for place in range(len(area))]
    assert judge(hanging, "raw.values-are-zeroed").verdict.value == "pass"


@pytest.mark.parametrize("clause", OF_EACH_SORT)
def test_who_is_slow_is_not_accused(clause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("LITTLE_FOR_A_CALL", "LITTLE_FOR_PROCESSES", "LITTLE_FOR_A_PROGRAM"):
        monkeypatch.setattr(patience, bound, 0)
    stage = stage_for("honest.plain", "fork")
    stage.hangs.lost = patience.MOST_LOST
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert judgement.verdict.value in ("pass", "inconclusive"), judgement.message
