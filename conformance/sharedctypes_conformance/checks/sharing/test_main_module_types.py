"""Area `sharing`: types that a program defines in its main module, which its children import."""

from __future__ import annotations

from ...stage.findings import Unjudged
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.makers import NAMES
from ..kit.observe import expect
from ..kit.programs import run_program

_BEFORE = "True Point True Either True Named 4.0 5 1.5 9 True True 3"
_AFTER = "True Point True Either True Named 5.0 6 2.5 10 True True 4"


@check("sharing.main-module-types-are-shared")
def test_main_module_types_are_shared(stage: Stage) -> None:
    wanted = [_BEFORE, "0", _AFTER] * 2
    printed, _ = run_program(stage, "main_module_types", takes=NAMES, wanted=wanted)
    *_, last = printed or [""]
    if last.startswith("refused"):  # other clauses say which types have to be accepted
        raise Unjudged(f"the program could not construct objects of its types: {last}")
    expect(printed, wanted, "a program that shares objects of types of its main module")
