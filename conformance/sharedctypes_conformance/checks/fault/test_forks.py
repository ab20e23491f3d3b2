"""Area `fault`: processes forked by `os.fork()`, of which the package knows nothing."""

from __future__ import annotations

from ...stage.findings import NotKept, Unjudged
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program


@check("fault.os-fork-corrupts-nothing")
def test_os_fork_corrupts_nothing(stage: Stage) -> None:
    expect_children_of_programs(stage)
    printed, _ = run_program(stage, "plain_fork", takes=("RawArray", "Array"))
    if printed == ["refused"]:
        raise Unjudged("a process forked by os.fork() cannot create objects")
    if printed:
        raise NotKept(
            f"a program forked, both processes created objects, and the fork ended: "
            f"{'; '.join(printed)}"
        )
