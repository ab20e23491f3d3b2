"""What a backend refuses to make, or to start, is not held against it by clauses about the rest."""

import pytest

from .judging import judge, stage_for


@pytest.mark.parametrize(
    ("name", "method", "clause", "verdict"),
    [
        (
            "honest_without_unions",
            "fork",
            "sharing.types-of-the-main-module-cross",
            "inconclusive",
        ),
        ("honest_at_home", "spawn", "contamination.plain-objects-still-pickle", "pass"),
        ("honest_at_home", "spawn", "contamination.plain-objects-still-cross", "pass"),
        ("honest_at_home", "spawn", "sharing.parts-are-shared-or-start-raises", "pass"),
    ],
)
def test_refusal_is_not_judged(name: str, method: str, clause: str, verdict: str) -> None:
    stage = stage_for(name, method)
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert judgement.verdict.value == verdict, judgement.message
