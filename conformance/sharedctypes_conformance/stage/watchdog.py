"""The watchdog: waits for actors to answer, with a bound, and distinguishes a crash from a hang.

Either becomes a finding with its evidence: the stacks of every actor, or the last output of the
process that died. A scenario is not reported as hung while a process it may depend on is running.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from ..actors.runtime import processes
from ..actors.system import process_states
from . import patience
from .actor import Actor, Pending, is_asleep
from .findings import ActorDied, ActorHung, Finding, GaveUp, StageFault
from .history import History
from .history_in_words import describe
from .operations import Action
from .scratch import ScratchFolder
from .started import Started


class Watchdog:
    """Watches over the actors of one process group, whose leader is the creator's process."""

    def __init__(
        self,
        history: History,
        hangs: patience.Hangs,
        leader: Started,
        scratch: ScratchFolder,
        actors: Sequence[Actor],
    ) -> None:
        self.history = history
        self._hangs = hangs
        self._leader = leader
        self._scratch = scratch
        self._actors = actors

    def wait_for(self, actor: Actor, action: Action) -> None:
        """Return when `actor` has answered; raises ActorHung if it does not in time."""
        if not action.long_running:
            self._wait(actor.readable, actor, action)
            return
        seconds = patience.SCENARIO * patience.PATIENCE
        bound = self._hangs.bound(seconds, patience.LITTLE_FOR_PROCESSES)
        if actor.readable(bound):
            return
        if bound < seconds:
            self.report_hang(actor, action, bound)
        if not (self.others_are_running(actor) and actor.readable(2 * seconds)):
            self.report_hang(actor, action, seconds)

    def wait_for_any(self, pending: Sequence[Pending[Any]], block: bool) -> list[Pending[Any]]:
        """Return which of several calls have ended by now.

        With `block`, wait until one of them has; raises ActorHung if none does in time.
        """
        calls = {call.actor.fileno(): call for call in pending}
        poll = select.poll()
        for descriptor in calls:
            poll.register(descriptor, select.POLLIN)
        ended = poll.poll(0)
        if block and not ended:
            first = pending[0]
            self._wait(lambda seconds: bool(poll.poll(seconds * 1000)), first.actor, str(first))
            ended = poll.poll(0)
        return [calls[descriptor] for descriptor, _ in ended]

    def _wait(self, ready: Callable[[float], bool], actor: Actor, action: Action | str) -> None:
        """Return when `ready`, which waits for some seconds, returns True; raises ActorHung."""
        if self._hangs.are_many:
            if ready(patience.LITTLE_FOR_A_CALL):
                return
            if is_asleep(actor):
                self.report_hang(actor, action, patience.LITTLE_FOR_A_CALL)
            if ready(patience.LITTLE_FOR_PROCESSES):
                return
            self.report_hang(actor, action, patience.LITTLE_FOR_PROCESSES)
        if self._hangs.count:
            if ready(patience.PATIENCE_AFTER_A_HANG):
                return
            if is_asleep(actor):
                self.report_hang(actor, action, patience.PATIENCE_AFTER_A_HANG)
        if not ready(patience.PATIENCE):
            self.report_hang(actor, action, patience.PATIENCE)

    def others_are_running(self, actor: Actor | None = None) -> bool:
        """Return whether processes, besides an actor, are running, as on a slow machine."""
        but = {actor.pid} if actor else set[int]()
        return not process_states.are_asleep(lambda: self._leader.processes() - but)

    def report_hang(self, actor: Actor, action: Action | str, seconds: float) -> NoReturn:
        """Raise ActorHung for an actor that has not completed an action in so many seconds.

        Raises GaveUp if that is not long enough to say so.
        """
        self._hangs.count += 1
        if not isinstance(action, str):
            self.history.add(actor.operation(action))
            action = describe(action)
        stacks = "" if self._hangs.are_many else self._stacks()
        raise self._hangs.outcome_of(ActorHung(actor.name, action, seconds, stacks))

    def report_death(self, actor: Actor, action: Action) -> NoReturn:
        """Raise ActorDied for an actor whose connection has ended during an action."""
        self.history.add(actor.operation(action))
        code = self._exit_code(actor)
        raise ActorDied(actor.name, describe(action), code, self.output()) from None

    def output(self) -> str:
        """Return the last output, and the stacks, of processes that died."""
        return self._scratch.last_output()

    def _exit_code(self, actor: Actor) -> int | None:
        while actor.parent is not None and actor.parent.pid == actor.pid:
            actor = actor.parent
        try:
            if actor.parent is None:
                return self._leader.wait(patience.PATIENCE)
            return actor.parent.call(processes.join, actor.number, patience.PATIENCE / 2)
        except (Finding, StageFault, GaveUp):
            # Its parent is gone too, or busy: the exit code is not known.
            return None

    def _stacks(self) -> str:
        """Return the stacks of all threads of every actor, by faulthandler."""
        by_pid = {actor.pid: actor.name for actor in reversed(self._actors) if actor.dumps_stacks}
        for pid in by_pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGUSR1)
        missing = list(by_pid)
        until = time.monotonic() + 1
        while missing and time.monotonic() < until:
            # A signal handler writes the dump; nothing announces that it is complete.
            time.sleep(0.02)
            missing = [pid for pid in missing if not self._scratch.stack_of(pid)]
        return "\n".join(f"{name}:\n{self._scratch.stack_of(pid)}" for pid, name in by_pid.items())
