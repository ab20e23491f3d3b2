"""Waiting for processes: those at work have more time than those that sleep."""

import multiprocessing
import time
from collections.abc import Callable
from typing import Any

import pytest

from sharedctypes_conformance.actors import patience
from sharedctypes_conformance.actors.runtime import children
from sharedctypes_conformance.actors.system import leaked_names, process_states

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

_PATIENCE = 0.3


def _spin() -> None:
    until = time.monotonic() + 2 * _PATIENCE
    while time.monotonic() < until:
        pass


@pytest.mark.parametrize(("target", "args", "code"), [(_spin, (), 0), (time.sleep, (60,), None)])
def test_a_process_at_work_has_more_time(
    target: Callable[..., None], args: tuple[Any, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PROCESS_ENDS", _PATIENCE)
    leaked_names.note_existing()
    context: Any = multiprocessing.get_context("fork")
    process = context.Process(target=target, args=args)
    process.start()
    # Other processes of the session of these tests are nobody's business.
    monkeypatch.setattr(process_states, "others", lambda: [process.pid])
    assert children.end_of(process).exit_code == code
    process.join()


def test_a_process_that_sleeps_or_has_ended_is_not_at_work() -> None:
    context: Any = multiprocessing.get_context("fork")
    process = context.Process(target=time.sleep, args=(60,))
    process.start()
    assert process_states.fall_asleep(10, lambda: [process.pid])
    process.kill()
    process.join()
    assert process_states.status_of(process.pid) is None
    assert process_states.are_asleep(lambda: [process.pid])
