"""Area `thread`: several threads that construct, wrap and share objects at the same time."""

from __future__ import annotations

from collections.abc import Callable

from ...actors.threads import construction_races
from ...stage.findings import NotKept
from ...stage.stage import Stage
from ..kit.check import check


def _expect_no_problem(
    stage: Stage, function: Callable[..., list[str]], what: str, *numbers: int
) -> None:
    stage.require("RawValue", "RawArray", "Value", "Array", "synchronized")
    with stage.fresh() as alone:
        problems = alone.creator.call(function, stage.target.backend, *numbers)
    if problems:
        raise NotKept(f"{what}: {'; '.join(problems)}")


@check("thread.concurrent-construction-is-safe")
def test_concurrent_construction_is_safe(stage: Stage) -> None:
    what = "four threads constructed, locked and filled objects of their own at once"
    _expect_no_problem(stage, construction_races.make_and_use, what, 50)


@check("thread.concurrent-wrapping-is-safe")
def test_concurrent_wrapping_is_safe(stage: Stage) -> None:
    what = "four threads wrapped objects of one structure type at once, each for the first time"
    _expect_no_problem(stage, construction_races.wrap_one_type, what, 10)


@check("thread.concurrent-first-get-lock-is-safe")
def test_concurrent_first_get_lock_is_safe(stage: Stage) -> None:
    what = "four threads asked new values for their locks at once, each for the first time"
    _expect_no_problem(stage, construction_races.ask_for_locks, what, 20)


@check("thread.concurrent-process-starts-are-safe")
def test_concurrent_process_starts_are_safe(stage: Stage) -> None:
    # A fork can happen while other threads are in the middle of a call, and forks cost little.
    times = 8 if stage.target.method == "fork" else 2
    stage.require("RawValue", "RawArray", "Value", "Array", "synchronized")
    what = "three threads started children with objects of their own while others constructed some"
    with stage.fresh() as alone:
        call, backend = alone.creator.call, stage.target.backend
        problems = call(construction_races.start_children, backend, 3, times)
        if not problems and stage.target.method == "fork":
            what = "a child was forked in the middle of another thread's call"
            problems = call(construction_races.start_amid_construction, backend)
    if problems:
        raise NotKept(f"{what}: {'; '.join(problems)}")
