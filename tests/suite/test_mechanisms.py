"""What the scenarios in actors share: threads that are waited for, children, alarms."""

import multiprocessing
import signal
import sys
import threading
import time
from functools import partial
from typing import Any

import pytest

from sharedctypes_conformance.actors import patience
from sharedctypes_conformance.actors.runtime import children, processes
from sharedctypes_conformance.actors.runtime.children import Ended
from sharedctypes_conformance.actors.scenarios.alarms import Alarms
from sharedctypes_conformance.actors.system import leaked_names
from sharedctypes_conformance.actors.threads.helpers import at_once, in_a_thread, switching_every
from sharedctypes_conformance.actors.threads.other_thread import OtherThread
from sharedctypes_conformance.stage import patience as patience_of_the_stage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_actors_wait_less_than_the_stage_waits_for_them() -> None:
    of_a_call = patience_of_the_stage.PATIENCE
    # It is waited for once more, for twice as long, where other processes are running.
    assert patience_of_the_stage.SCENARIO * of_a_call > 3 * patience.PROCESS_ENDS
    others = [one for name, one in vars(patience).items() if name.isupper()]
    assert max(others) < of_a_call


# Threads.


def test_functions_in_threads_return_in_their_order() -> None:
    first_waits = threading.Event()
    assert at_once(first_waits.wait, first_waits.set, lambda: 3) == [True, None, 3]


def test_what_a_thread_raises_is_raised_when_all_have_ended() -> None:
    ended: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        at_once(partial(_raise, KeyboardInterrupt), lambda: ended.append(1))
    assert ended == [1]


def _raise(kind: type[BaseException]) -> None:
    raise kind


def test_a_thread_that_does_not_end_is_left() -> None:
    never = threading.Event()
    try:
        with pytest.raises(TimeoutError):
            in_a_thread(never.wait, within=0.01)
    finally:
        never.set()


def test_the_switching_interval_is_restored() -> None:
    before = sys.getswitchinterval()
    with pytest.raises(LookupError), switching_every(before / 2):
        raise LookupError
    assert sys.getswitchinterval() == before


def test_another_thread_cannot_acquire_what_this_one_holds() -> None:
    lock = threading.RLock()
    with OtherThread() as thread:
        with lock:
            assert thread.state(lock) == "held"
        assert thread.state(lock) == "free"


def test_another_thread_passes_on_what_a_lock_raises_and_goes_on() -> None:
    class Broken:
        def acquire(self, _block: bool) -> bool:
            raise OSError("broken")

    with OtherThread() as thread:
        # It is neither held nor free.
        with pytest.raises(OSError, match="broken"):
            thread.can_acquire(Broken())
        assert thread.can_acquire(threading.Lock())


# Children.


@pytest.fixture
def _forking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_context", multiprocessing.get_context("fork"))
    leaked_names.note_existing()


@pytest.mark.usefixtures("_forking")
def test_a_child_ends_with_its_exit_code() -> None:
    ended = children.run_child(sys.exit, 3)
    assert ended == Ended(3)
    assert str(ended) == "ended with exit code 3"


@pytest.mark.usefixtures("_forking")
def test_a_child_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PROCESS_ENDS", 0.1)
    process = children.start_child(time.sleep, 60)
    ended = children.end_of(process)
    assert ended == Ended(None)
    assert str(ended) == "did not end by itself"
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.usefixtures("_forking")
def test_what_a_start_raises_is_raised() -> None:
    with pytest.raises(AttributeError):
        children.run_child(len, context=object())


# Alarms.


def test_alarms_arrive_and_restore_the_previous_handler() -> None:
    received: list[int] = []

    def handle(number: int, _frame: Any) -> None:
        received.append(number)

    before = signal.getsignal(signal.SIGALRM)
    with Alarms(handle, seed=1) as alarms:
        alarms.set_soon()
        while not received:
            time.sleep(0.001)
        alarms.set_after(1000)
    assert received == [signal.SIGALRM]
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
