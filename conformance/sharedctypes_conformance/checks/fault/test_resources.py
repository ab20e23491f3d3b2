"""Area `fault`: running out of shared memory, descriptors and processes.

Each case is a program of its own, since it may crash. Nothing is judged where
the user lacks the privileges for it.
"""

from __future__ import annotations

from ...stage.findings import NotKept, Unjudged
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program

_WELL = ("well",)


def _expect_clean_failure(stage: Stage, when: str) -> None:
    variant = f"memory {when}"
    printed, _ = run_program(
        stage, "exhausted_resources", variant, takes=("RawArray",), wanted=_WELL
    )
    if printed == ["no namespace"]:
        raise Unjudged("this user may not mount a file system, not even in a namespace of its own")
    if printed != [*_WELL]:
        raise NotKept(
            f"creating and filling arrays with no shared memory left: {'; '.join(printed)}"
        )


@check("fault.full-filesystem-raises-before-first-object")
def test_full_filesystem_raises_before_first_object(stage: Stage) -> None:
    _expect_clean_failure(stage, "before the first object")


@check("fault.full-filesystem-raises-after-first-object")
def test_full_filesystem_raises_after_first_object(stage: Stage) -> None:
    _expect_clean_failure(stage, "after the first object")


@check("fault.descriptor-limit-raises")
def test_descriptor_limit_raises(stage: Stage) -> None:
    printed, _ = run_program(
        stage, "exhausted_resources", "descriptors", takes=("RawArray",), wanted=_WELL
    )
    if printed != [*_WELL]:
        raise NotKept(f"creating arrays with no descriptor left: {'; '.join(printed)}")


@check("fault.descriptor-limit-spares-locks")
def test_descriptor_limit_spares_locks(stage: Stage) -> None:
    expect_children_of_programs(stage)
    printed, _ = run_program(
        stage,
        "exhausted_resources",
        "descriptors for locks",
        takes=("RawValue", "Value", "synchronized"),
        wanted=_WELL,
    )
    if printed != [*_WELL]:
        raise NotKept(f"creating locks with few descriptors left: {'; '.join(printed)}")


@check("fault.process-limit-corrupts-nothing")
def test_process_limit_corrupts_nothing(stage: Stage) -> None:
    expect_children_of_programs(stage)
    printed, _ = run_program(stage, "refused_processes", takes=("RawArray", "Value"))
    if printed == ["no limit"]:
        raise Unjudged("the limit on processes does not apply to this user")
    if printed:
        raise NotKept(f"a program that could not start a process: {'; '.join(printed)}")
