"""What the command line makes of signals."""

import os
import signal
from collections.abc import Iterator

import pytest

from sharedctypes_conformance.interrupts import Interrupts


@pytest.fixture
def interrupts() -> Iterator[Interrupts]:
    old = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    made = Interrupts()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    made.install()
    yield made
    for one, handler in old.items():
        signal.signal(one, handler)


def test_an_interrupt_that_was_lost_is_raised_at_the_next_result(interrupts: Interrupts) -> None:
    interrupts.check()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    # By now it may have been lost, as it is in `__del__`.
    with pytest.raises(KeyboardInterrupt):
        interrupts.check()


def test_a_second_signal_does_not_interrupt_the_end(
    interrupts: Interrupts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)
    monkeypatch.setattr("sharedctypes_conformance.interrupts.TOO_LONG", 0.0)
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_what_is_ignored_stays_ignored(interrupts: Interrupts) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupts.install()
    os.kill(os.getpid(), signal.SIGINT)
    interrupts.check()
