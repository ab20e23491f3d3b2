"""Slices of many items, which a backend may read in another way than those of a few."""

from __future__ import annotations

from ...actors.objects import every_sequence
from ...stage.findings import NotKept
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import arrays


def expect_slices_of_object(stage: Stage) -> None:
    """Slice arrays of each type of number, short and long ones; raises NotKept."""

    def look() -> None:
        make, types = stage.backend_function("Array"), list(map(CType, arrays.NUMBERS))
        found = stage.creator.call(every_sequence.sliced_unlike_object, make, types)
        for call, got, wanted in found[:1]:
            raise NotKept(f"{call} is {got}, and of its object {wanted}")

    stage.once("slices of many items", look)
