"""Area `fault`: processes that come of `os.fork()` alone, which the package knows nothing of."""

from __future__ import annotations

from ...stage.findings import NotKept, Unjudged
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program


@check("fault.os-fork-corrupts-nothing")
def test_os_fork_corrupts_nothing(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    printed, _ = run_program(stage, "plain_fork", takes=("RawArray", "Array"))
    if printed == ["refused"]:
        raise Unjudged("a process that comes of os.fork() may not make objects")
    if printed:
        raise NotKept(
            f"a program forked, both made objects, and the fork ended: {'; '.join(printed)}"
        )
