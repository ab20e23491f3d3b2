"""The means of judging a clause: spies if the backend accepts them, else waiting."""

import pytest
from hypothesis import strategies as st

from sharedctypes_conformance.checks.kit.check import Check
from sharedctypes_conformance.judging.judge import judge as judge_check
from sharedctypes_conformance.stage.means import SPIES, UNSPECIFIED, WAITING_NOT_SPIES, Means
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.model import Verdict

from .judging import judge, stage_for

BY_SPIES = (
    "wrapper.access-acquires-lock-once",
    "wrapper.reads-happen-under-lock",
    "wrapper.writes-happen-under-lock",
    "wrapper.in-place-operators-are-two-accesses",
    "wrapper.access-acquires-its-own-lock",
    "with.acquires-and-releases-once",
)


@pytest.mark.parametrize(
    ("backend", "method", "means"),
    [
        ("honest.plain", "fork", SPIES),
        ("lock_argument.takes_no_lock_but_its_own", "fork", WAITING_NOT_SPIES),
        # Where not every object can go to a child.
        ("lock_argument.takes_no_lock_but_its_own", "spawn", WAITING_NOT_SPIES),
    ],
)
def test_a_backend_that_refuses_spies_is_judged_by_waiting(
    backend: str, method: str, means: Means
) -> None:
    stage = stage_for(backend, method)
    try:
        judgements = {clause: judge(stage, clause) for clause in BY_SPIES}
    finally:
        stage.close()
    assert {clause: (j.verdict, j.means) for clause, j in judgements.items()} == dict.fromkeys(
        BY_SPIES, (Verdict.PASS, means)
    )


@pytest.mark.parametrize(
    ("backend", "clause"),
    [
        ("wrapper.takes_no_spies_and_reads_without_a_lock", "wrapper.reads-happen-under-lock"),
        (
            "wrapper.takes_no_spies_and_writes_without_a_lock",
            "wrapper.writes-happen-under-lock",
        ),
        ("wrapper.goes_past_members_and_locks", "wrapper.lock-is-held-during-access"),
    ],
)
def test_what_refuses_spies_is_caught_by_waiting(backend: str, clause: str) -> None:
    stage = stage_for(backend, "fork")
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert (judgement.verdict, judgement.means) == (Verdict.FAIL, WAITING_NOT_SPIES)


def test_one_example_judged_by_a_lesser_means_is_reported() -> None:
    def body(stage: Stage, spied: bool) -> None:
        stage.record_means(SPIES if spied else WAITING_NOT_SPIES)

    stage = stage_for("honest.plain", "fork")
    try:
        mixed = judge_check(stage, Check("area.name", body, {"spied": st.booleans()}), "quick", 0)
        silent = judge_check(stage, Check("area.name", lambda stage: None), "quick", 0)
    finally:
        stage.close()
    assert (mixed.means, silent.means) == (WAITING_NOT_SPIES, UNSPECIFIED)


def test_what_spies_would_show_is_not_observed_without_them() -> None:
    stage = stage_for("lock_argument.takes_no_lock_but_its_own", "fork")
    try:
        judgement = judge(stage, "wrapper.locks-that-suppress-exceptions")
    finally:
        stage.close()
    assert judgement.verdict is Verdict.OBSERVED
    assert judgement.observed.startswith("nothing: the backend takes no lock but its own")
