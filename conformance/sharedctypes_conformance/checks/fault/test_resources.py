"""Area `fault`: shared memory, descriptors and processes that run out.

Each is a program of its own, since it may die of it. Where it takes privileges that there are not,
nothing is judged.
"""

from __future__ import annotations

from ...stage.findings import NotKept, Unjudged
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program


def _expect_well(stage: Stage, when: str) -> None:
    printed, _ = run_program(stage, "exhausted_resources", f"memory {when}", takes=("RawArray",))
    if printed == ["no namespace"]:
        raise Unjudged("this user may not mount a file system of its own, not even for itself")
    if printed != ["well"]:
        raise NotKept(f"making and filling arrays with no shared memory left: {'; '.join(printed)}")


@check("fault.full-filesystem-raises-before-first-object")
def test_full_filesystem_raises_before_first_object(stage: Stage) -> None:
    _expect_well(stage, "before the first object")


@check("fault.full-filesystem-raises-after-first-object")
def test_full_filesystem_raises_after_first_object(stage: Stage) -> None:
    _expect_well(stage, "after the first object")


@check("fault.descriptor-limit-raises")
def test_descriptor_limit_raises(stage: Stage) -> None:
    printed, _ = run_program(stage, "exhausted_resources", "descriptors", takes=("RawArray",))
    if printed != ["well"]:
        raise NotKept(f"making arrays with no descriptor left: {'; '.join(printed)}")


@check("fault.process-limit-corrupts-nothing")
def test_process_limit_corrupts_nothing(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    printed, _ = run_program(stage, "refused_processes", takes=("RawArray", "Value"))
    if printed == ["no limit"]:
        raise Unjudged("this user may start processes whatever limit there is")
    if printed:
        raise NotKept(f"a program that was refused a process: {'; '.join(printed)}")
