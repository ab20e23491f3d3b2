"""Area `fault`: programs that end while shared objects are alive."""

from __future__ import annotations

from ...stage import patience
from ...stage.findings import NotKept, raised_in
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program


@check("fault.exits-cleanly-with-live-objects")
def test_exits_cleanly_with_live_objects(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    takes = ("RawArray", "Value", "Array")
    printed, said = run_program(stage, "ends_with_objects_alive", takes=takes)
    if printed:
        told = f"a program that ended with objects alive, by {'; '.join(printed + said)}"
        raise NotKept(told, *map(raised_in, said))
    # Twice what a single call is waited for, since an interpreter is started.
    bound = 2 * patience.PATIENCE
    run_program(stage, "ends_with_held_locks", takes=("Value", "Array"), patience=bound)
