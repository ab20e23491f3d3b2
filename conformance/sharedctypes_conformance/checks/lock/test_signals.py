"""Area `lock`: signals that arrive while a thread waits for a lock.

A signal is sent once the waiting thread is seen asleep. One that still arrives too early has no
effect on the call, so it is sent again until the call has ended.
"""

from __future__ import annotations

import os
import signal
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import signals_while_waiting
from ...stage.actor import Pending
from ...stage.findings import NotKept, OperationRaised
from ...stage.stage import Stage
from ...strategies import lock_calls
from ...strategies.lock_calls import Acquire
from ..kit.check import check
from ..kit.locks_in_use import LOCKS, REENTRANT, THROUGH, Cast, View
from ..kit.observe import expect, expect_raises

_WAITING = lock_calls.WAITING.some(1).map(lambda calls: calls[0])


def _begin(waits: View, call: Acquire) -> Pending[Any]:
    pending = waits.actor.begin(
        signals_while_waiting.acquire, waits.obj, *call.args, **dict(call.keywords)
    )
    pending.settle()
    return pending


def _interrupted(waits: View, pending: Pending[Any]) -> bool:
    """Send SIGINT until the call ends; return whether it raised KeyboardInterrupt."""
    for _ in range(20):
        os.kill(waits.actor.pid, signal.SIGINT)
        if waits.actor.readable(0.1):
            break
    try:
        # If it goes on waiting, the stage reports the hang.
        pending.result()
    except OperationRaised as raised:
        if "builtins.KeyboardInterrupt" not in raised.names:
            raise
        return True
    return False


@check(
    "lock.sigint-interrupts-waiting",
    costly=True,
    through=THROUGH,
    call=_WAITING,
)
def test_sigint_interrupts_waiting(stage: Stage, through: str, call: Acquire) -> None:
    for holder, waits in Cast(stage, tuple(LOCKS), through).apart():
        shown = f"{call} of {waits}, held by {holder.where}, and SIGINT"
        holder.take()
        waits.actor.call(signals_while_waiting.expect, int(signal.SIGINT), True)
        pending = _begin(waits, call)
        interrupted = _interrupted(waits, pending)
        waits.actor.call(signals_while_waiting.expect_no_more, int(signal.SIGINT))
        if not interrupted:
            raise NotKept(f"{shown}: it did not raise KeyboardInterrupt")
        waits.finds_it_held(f"after {shown}")
        if waits.kind in REENTRANT:
            expect_raises(waits.release, f"release() of {waits.where}, after {shown},", "Exception")
        expect(holder.release(), None, f"release() of {holder}, after {shown},")
        holder.finds_it_free(f"after {shown}, and release()")
        waits.finds_it_free(f"after {shown}, and release()")


_HANDLED = (signal.SIGUSR2, signal.SIGWINCH, signal.SIGINT)


@check(
    "lock.handled-signals-do-not-interrupt-waiting",
    costly=True,
    through=THROUGH,
    call=_WAITING,
    signals=st.lists(st.sampled_from(_HANDLED), min_size=1, max_size=3),
)
def test_handled_signals_do_not_interrupt_waiting(
    stage: Stage, through: str, call: Acquire, signals: list[signal.Signals]
) -> None:
    names = ", ".join(number.name for number in signals)
    for holder, waits in Cast(stage, tuple(LOCKS), through).apart():
        shown = f"{call} of {waits}, held by {holder.where}, and {names} with a handler,"
        holder.take()
        for number in set(signals):
            waits.actor.call(signals_while_waiting.expect, int(number), False)
        pending = _begin(waits, call)
        ended = pending.done()
        for number in signals:
            os.kill(waits.actor.pid, number)
            ended = pending.settle() or ended
        holder.release()
        got = pending.result()
        for number in set(signals):
            waits.actor.call(signals_while_waiting.expect_no_more, int(number))
        if ended:
            raise NotKept(f"{shown} returned {got!r} before it was free")
        expect(got, True, shown)
        waits.release()
        holder.finds_it_free(f"after {shown} and release()")
