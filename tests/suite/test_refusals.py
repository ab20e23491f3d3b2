"""A refused start is recognised by the exceptions of a finding, not by its message."""

import pytest

from sharedctypes_conformance.checks.kit.observe import expect_raises
from sharedctypes_conformance.checks.kit.refusals import is_any_start_refused
from sharedctypes_conformance.stage.findings import (
    Finding,
    LeftBehind,
    NotKept,
    OperationRaised,
    Raised,
    raised_in,
)
from sharedctypes_conformance.stage.stage import Stage

from .judging import probe_liar

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
    (raised,) = refusal.raised
    assert str(refusal).endswith(str(raised))
    assert is_any_start_refused("lifetime.any", TARGET, refusal)
    assert is_any_start_refused("lifetime.any", TARGET, NotKept("in other words", raised))
    assert is_any_start_refused("lifetime.any", TARGET, NotKept("", raised_in(str(raised))))


def test_areas_about_starts_judge_a_refused_start(refusal: OperationRaised) -> None:
    assert not is_any_start_refused("sharing.any", TARGET, refusal)
    assert not is_any_start_refused("seed.any", TARGET, refusal)


def test_the_words_of_a_finding_decide_nothing(refusal: OperationRaised) -> None:
    (raised,) = refusal.raised
    others: list[Finding] = [
        NotKept(f"it raised {raised}"),
        NotKept("it raised another", Raised(raised.name, "another")),
        LeftBehind(f"{raised}"),
        OperationRaised("a call", ("builtins.ValueError",), str(raised)),
    ]
    assert [other for other in others if is_any_start_refused("fault.any", TARGET, other)] == []


def test_what_was_raised_instead_is_part_of_the_finding(refusal: OperationRaised) -> None:
    def start() -> None:
        raise refusal

    with pytest.raises(NotKept) as finding:
        expect_raises(start, "start()", "LookupError")
    assert finding.value.raised == refusal.raised
