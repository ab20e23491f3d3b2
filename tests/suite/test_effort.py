"""How much a check does: less in the quick profile, and one look serves several checks."""

from collections.abc import Iterator

import pytest

from sharedctypes_conformance.checks.kit.check import Check
from sharedctypes_conformance.judging.judge import judge
from sharedctypes_conformance.stage.findings import NotKept
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.model import Verdict

from .judging import probe_liar


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(probe_liar("honest.plain").target("fork"))
    yield stage
    stage.close()


@pytest.mark.parametrize(
    ("profile", "times"), [("quick", (75, 1)), ("default", (300, 1)), ("thorough", (3000, 10))]
)
def test_repetitions_follow_the_profile(stage: Stage, profile: str, times: tuple[int, int]) -> None:
    seen = []

    def body(stage: Stage) -> None:
        with stage.fresh() as other:
            seen.append((other.times(300), other.times(1)))

    assert judge(stage, Check("area.name", body), profile).verdict is Verdict.PASS
    assert seen == [times]


def test_one_look_is_for_several_checks_and_in_the_history_of_each(stage: Stage) -> None:
    pids = []

    def look(stage: Stage) -> int:
        with stage.fresh() as other:
            pid: int = other.creator.call("os.getpid")
        pids.append(pid)
        return pid

    def body(stage: Stage) -> None:
        found = stage.once("the pid", lambda: look(stage))
        assert found == pids[-1]
        if len(pids) > 1:
            assert stage.history.lines() == [f"creator: os.getpid()  # {pids[-1]}"]
            raise NotKept("it is wrong")

    for _ in range(3):
        assert judge(stage, Check("area.name", body)).verdict is Verdict.PASS
    assert len(pids) == 1
    # Each repetition of a failure looks again.
    stage.reset()
    pids.append(0)
    assert judge(stage, Check("area.name", body)).verdict is Verdict.FAIL
    assert len(set(pids)) == 2 + 1 + 2
