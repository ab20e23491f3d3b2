"""Area `fault`: programs that end while shared objects are alive."""

from __future__ import annotations

from ...stage import patience
from ...stage.findings import NotKept, raised_in
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program


@check("fault.exits-cleanly-with-live-objects")
def test_exits_cleanly_with_live_objects(stage: Stage) -> None:
    expect_children_of_programs(stage)
    takes = ("RawArray", "Value", "Array")
    printed, stderr = run_program(stage, "ends_with_objects_alive", takes=takes)
    if printed:
        outcome = f"a program that ended with objects alive, by {'; '.join(printed + stderr)}"
        raise NotKept(outcome, *map(raised_in, stderr))
    # Twice the patience for a single call, since an interpreter is started.
    bound = 2 * patience.PATIENCE
    run_program(stage, "ends_with_held_locks", takes=("Value", "Array"), patience=bound)
