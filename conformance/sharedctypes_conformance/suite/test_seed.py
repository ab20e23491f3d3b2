"""Area `seed`: the table of equivalences, the worked example, the sentences about synchronized."""

from __future__ import annotations

from .check import check
from .observe import expect
from ..stage.stage import Stage


@check("seed.child-changes-a-value")
def test_child_changes_a_value(stage: Stage) -> None:
    n = stage.creator.Value("i", 7)
    child = stage.start(n)
    child(n).value = 49
    expect(n.value, 49, "n.value")
