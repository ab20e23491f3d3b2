"""Area `lifetime`: a program that reaches its last line while its children still start."""

from __future__ import annotations

from ...stage.findings import NotKept, raised_in
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program


@check("lifetime.objects-of-ending-program-reach-its-children")
def test_objects_of_ending_program_reach_its_children(stage: Stage) -> None:
    expect_children_of_programs(stage)
    wanted = ["sees [[20, 21], [20, 21], [20.0, 21.0]]"] * 2
    takes = ("RawArray", "Array")
    printed, stderr = run_program(stage, "ends_after_its_starts", takes=takes, wanted=wanted)
    if printed != wanted:
        raise NotKept(
            "of two children that a program started before it reached its last line, each should "
            f"see what the other one writes, but they printed {printed} and ended with "
            f"{'; '.join(stderr) or 'no exception'}",
            *map(raised_in, stderr),
        )
