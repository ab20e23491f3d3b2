"""Area `array`: what is recorded of arrays, because the documentation leaves it open."""

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

    def items(said: int) -> str:
        lying = call(initializers.WrongLength, [1, 2, 3], said)
        return _outcome(lambda: list(call(initializers.on_recycled_memory, make, "i", lying)))

    return {f"3 items that say {said}": items(said) for said in (5, 2)}
