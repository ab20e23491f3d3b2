"""What is not a leak: memory that is freed late, and leftovers of a program that did not run."""

import pytest

from sharedctypes_conformance.checks.kit.check import all_checks

from .judging import judge, stage_for


def test_memory_may_be_freed_late() -> None:
    stage = stage_for("honest.late", "fork")
    try:
        judgement = judge(stage, "leak.dropped-objects-leak-no-memory")
    finally:
        stage.close()
    assert judgement.verdict.value == "pass", judgement.message


@pytest.mark.parametrize(
    "clause", [clause for clause in sorted(all_checks()) if clause.startswith("leak.")]
)
def test_program_that_never_got_to_its_end_is_not_judged(clause: str) -> None:
    stage = stage_for("honest.by_fork", "spawn")
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    if "memory" in clause or clause == "leak.ended-children-leak-no-memory":  # no lock is given
        assert judgement.verdict.value == "pass", judgement.message
    else:
        assert judgement.verdict.value == "unsupported"
        assert "only be inherited by fork" in judgement.message
