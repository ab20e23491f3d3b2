"""The CPU time of the suite and of what it starts, as a result states it."""

from sharedctypes_conformance import api
from sharedctypes_conformance.stage import cpu
from sharedctypes_conformance.stage.stage import Stage

from .judging import stage_for

# Counting so far takes some tenths of a second anywhere, and clocks count in hundredths.
COUNT = "sum(range(10_000_000))"


def burn(stage: Stage) -> None:
    stage.creator.call("builtins.eval", COUNT)


def test_what_runs_is_counted() -> None:
    stage = stage_for("honest.plain", "fork")
    stage.creator  # noqa: B018 - it is started
    before = cpu.taken()
    burn(stage)
    took = cpu.taken().since(before)
    assert took.target is not None
    assert took.target > 0
    stage.close()


def test_what_has_ended_is_still_counted() -> None:
    before = cpu.taken()
    stage = stage_for("honest.plain", "spawn")
    child = stage.start()
    child.call("builtins.eval", COUNT)
    alive = cpu.taken().since(before).target
    stage.close()
    ended = cpu.taken().since(before).target
    assert alive is not None
    assert ended is not None
    assert 0 < alive <= ended


def test_a_result_states_it() -> None:
    report = api.run([], clauses=["leak.exit-leaves-no-processes"], start_methods=["fork"])
    for result in report.results:
        assert result.cpu_of_suite > 0
        assert result.cpu_of_target is not None
        assert result.cpu_of_target > 0
