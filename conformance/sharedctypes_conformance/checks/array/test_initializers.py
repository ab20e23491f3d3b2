"""Area `array`: initializers that do something themselves."""

from __future__ import annotations

from hypothesis import strategies as st

from ...actors.objects import initializers
from ...stage.stage import Stage
from ...strategies.arrays import MAKERS
from ..kit.check import check
from ..kit.observe import expect

_ITEMS = st.lists(st.integers(0, 100), min_size=1, max_size=9)


@check("array.initializer-may-construct-others", maker=MAKERS, items=_ITEMS)
def test_initializer_may_construct_others(stage: Stage, maker: str, items: list[int]) -> None:
    make, raw_array = stage.backend_function(maker), stage.backend_function("RawArray")
    got, are_right = stage.creator.call(initializers.constructed_meanwhile, make, raw_array, items)
    what = f"{maker}('i', sequence), where each of its items constructs an array,"
    expect(got, items, f"list of {what}")
    expect(are_right, True, f"whether the arrays that the sequence of {what} constructed are right")
