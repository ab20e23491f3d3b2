"""How long something takes, for what is recorded and never judged."""

from __future__ import annotations

import time
from typing import Any


def read_value(obj: Any, times: int) -> float:
    """Return the seconds that the fastest of five rounds of reading `obj.value` took."""
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            obj.value  # noqa: B018 - to read it is all
        rounds.append(time.perf_counter() - began)
    return min(rounds)
