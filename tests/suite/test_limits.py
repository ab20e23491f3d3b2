"""How long a thread will wait is read from what the system says about it."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from sharedctypes_conformance.actors.system.process_states import status_of
from sharedctypes_conformance.stage.limits import seconds_left


def left_to(wait: Callable[[], Any]) -> float | None:
    """Return how long a thread has to wait that has fallen asleep in a call."""
    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    while True:
        status = status_of(os.getpid(), thread.native_id)
        left = seconds_left(os.getpid(), thread.native_id or 0)
        if status is not None and status.state == "S" and (left is None or left > 1):
            return left


@pytest.mark.skipif(not os.path.exists("/proc/self/syscall"), reason="the system does not tell")
@pytest.mark.parametrize("kind", [threading.Lock, multiprocessing.Lock])
def test_limit_of_a_wait_is_known(kind: Callable[[], Any]) -> None:
    lock = kind()
    lock.acquire()
    left = left_to(lambda: lock.acquire(True, 1000))
    assert left is not None
    assert 0 < left <= 1000
    assert left_to(lock.acquire) is None
