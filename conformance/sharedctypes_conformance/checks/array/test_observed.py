"""Area `array`: what is recorded rather than judged, as the documentation leaves it open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...actors.objects import initializers
from ...stage.stage import Stage
from ..kit.check import observation
from ..kit.observe import attempt


def _outcome(operation: Callable[[], Any]) -> str:
    return str(attempt(operation))


@observation("array.initializer-with-wrong-length")
def test_initializer_with_wrong_length(stage: Stage) -> dict[str, str]:
    call = stage.creator.call
    make = stage.backend_function("RawArray")

    def items(length: int) -> str:
        initializer = call(initializers.WrongLength, [1, 2, 3], length)
        return _outcome(lambda: list(call(initializers.on_recycled_memory, make, "i", initializer)))

    return {f"3 items whose len() is {length}": items(length) for length in (5, 2)}
