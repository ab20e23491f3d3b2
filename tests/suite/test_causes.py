"""What a finding follows from is recognized by its exceptions, not by its message."""

import pytest

from liars.honest import partial
from sharedctypes_conformance.checks.kit.causes import _causes, judge_of_cause, limit_reached
from sharedctypes_conformance.checks.kit.observe import expect_raises
from sharedctypes_conformance.stage.capabilities import _try_all
from sharedctypes_conformance.stage.findings import (
    Finding,
    LeftBehind,
    NotKept,
    OperationRaised,
    Raised,
    raised_in,
)
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.model import Verdict

from .judging import judge, probe_liar, stage_for

ABOUT_STARTS = "seed.child-write-to-value-reaches-parent"
TARGET = probe_liar("honest.by_fork").target("spawn")


@pytest.fixture(scope="module")
def refusal() -> OperationRaised:
    """What the start of a child with an object ends with."""
    stage = Stage(TARGET)
    try:
        value = stage.creator.Value("i", 1)
        with pytest.raises(OperationRaised) as raised:
            stage.start(value)
    finally:
        stage.close()
    return raised.value


def test_exceptions_of_a_refused_start_are_known(refusal: OperationRaised) -> None:
    (raised,) = refusal.causes
    assert str(refusal).endswith(str(raised))
    in_other_words = NotKept("in other words", raised)
    from_a_program = NotKept("", raised_in(str(raised)))
    for finding in (refusal, in_other_words, from_a_program):
        assert judge_of_cause("lifetime.any", TARGET, finding) == ABOUT_STARTS


def test_areas_about_starts_judge_a_refused_start(refusal: OperationRaised) -> None:
    assert not judge_of_cause("sharing.any", TARGET, refusal)
    assert not judge_of_cause("seed.any", TARGET, refusal)


def test_the_words_of_a_finding_decide_nothing(refusal: OperationRaised) -> None:
    (raised,) = refusal.causes
    assert isinstance(raised, Raised)
    others: list[Finding] = [
        NotKept(f"it raised {raised}"),
        NotKept("it raised another", Raised(raised.name, "another")),
        LeftBehind(f"{raised}"),
        OperationRaised("a call", ("builtins.ValueError",), str(raised)),
    ]
    assert [other for other in others if judge_of_cause("fault.any", TARGET, other)] == []


def test_a_limit_of_the_system_is_not_a_defect_but_for_areas_about_limits() -> None:
    refusal = OperationRaised("a call", ("builtins.OSError",), "[Errno 24] Too many open files")
    assert limit_reached("memory.any", refusal) == "[Errno 24] Too many open files"
    assert not limit_reached("fault.any", refusal)
    other = OperationRaised("a call", ("builtins.OSError",), "[Errno 9] Bad file descriptor")
    assert not limit_reached("memory.any", other)


def test_what_was_raised_instead_is_part_of_the_finding(refusal: OperationRaised) -> None:
    def start() -> None:
        raise refusal

    with pytest.raises(NotKept) as finding:
        expect_raises(start, "start()", "LookupError")
    assert finding.value.causes == refusal.causes


def test_findings_about_one_access_without_its_lock_have_one_cause() -> None:
    """In the words of several areas, each of which finds it by other means."""
    stage = stage_for("interleaving.unlocked_setter", "fork")
    try:
        clauses = (
            "wrapper.access-acquires-lock-once",
            "wrapper.writes-happen-under-lock",
            "exclusion.other-thread-contends-for-lock",
            "interleaving.given-rlocks-follow-rlock-rules",
            "liveness.access-wakes-next-waiter",
        )
        found = {clause: judge(stage, clause) for clause in clauses}
    finally:
        stage.close()
    assert {one.verdict for one in found.values()} == {Verdict.FAIL}
    assert len({one.message for one in found.values()}) == len(clauses)
    causes = {clause: one.cause for clause, one in found.items()}
    # Of an interleaving, the shortest part that fails is about some assignment.
    assert causes.pop("interleaving.given-rlocks-follow-rlock-rules").startswith("setattr(wrapper")
    assert causes == dict.fromkeys(causes, "setattr(wrapper.value) does not use the lock")


# Each takes a program or more; what else returns no object is found by the same way.
RETURNS = {
    "RawValue None": "seed.value-of-typecode-equals-type",
    "Array None": "wrapper.array-constructs-like-rawarray",
    "get_obj None": "operations.wrapper-and-object-agree",
}


@pytest.mark.parametrize(("fault", "about_it"), RETURNS.items())
def test_programs_follow_from_a_function_that_returns_no_object(
    fault: str, about_it: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fault in partial.FAULTS
    monkeypatch.setenv(partial.VARIABLE, fault)
    # What another fault has shown of the same module is nothing to go by.
    _causes.cache_clear()
    _try_all.cache_clear()
    stage = stage_for("honest.partial", "fork")
    try:
        judgement = judge(stage, "lifecycle.every-step-succeeds")
    finally:
        stage.close()
        _causes.cache_clear()
        _try_all.cache_clear()
    assert (judgement.verdict.value, judgement.follows_from) == ("inconclusive", about_it)
