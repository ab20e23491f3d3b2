"""A stage: the actors of one backend, in one interpreter, under one start method.

A check asks for the `creator`, creates objects in it, and starts children that inherit them. The
stage waits for every outcome with a bound, tells a death from a hang, and after either of them
starts afresh, so that the next check meets none of it.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

from ..actors.runtime import processes, serve
from ..actors.system import leaked_names as left_names
from ..actors.system import process_states as states
from . import launch
from .actor import Actor, Pending, describe, is_asleep
from .findings import (
    ActorDied,
    ActorHung,
    Finding,
    NotKept,
    OperationRaised,
    StageFault,
    describe_exit,
)
from .handles import Handle
from .history import ACTORS_PER_STAGE, History, Operation, place
from .keeper import GRACE
from .means import UNSAID, Means
from .names import Name
from .pool import Description, Pool
from .scenarios import SCENARIO, waits_for_processes
from .target import Target

# Bounds in seconds. They are generous, because a bound that a loaded machine can miss would accuse
# a backend; one that hung before is believed sooner, and only when its thread is seen asleep.
PATIENCE = 10.0
PATIENCE_AFTER_A_HANG = 2.0
PATIENCE_FOR_A_START = 30.0


class Stage:
    """The actors of one target. Actors are started when first asked for."""

    history: History
    _count: int

    def __init__(self, target: Target, within: Stage | None = None) -> None:
        self.target = target
        self.history = within.history if within else History()
        self.pool = Pool(self)
        self.hangs = 0
        self.means = UNSAID
        self._workshop: launch.Workshop | None = None
        self._leader: subprocess.Popen[bytes] | None = None
        self._listener: socket.socket | None = None
        self._actors: list[Actor] = []
        self._guests: list[Actor] = []
        # Actors of one example have numbers of their own, in whichever stage they are.
        self._first = 1
        if within:
            self._first += (within._count // ACTORS_PER_STAGE + 1) * ACTORS_PER_STAGE
        self._count = 0

    @property
    def creator(self) -> Actor:
        """The first actor, in which objects are created."""
        if not self._actors:
            self._open()
        return self._actors[0]

    @contextmanager
    def fresh(self, *options: str, method: str | None = None) -> Iterator[Stage]:
        """Give a stage of its own to a block, in a new interpreter with the given options.

        It has this stage's start method, or `method`; "" leaves the interpreter as it starts, with
        no start method chosen and the backend not imported, and without children. What is done on
        it is part of this stage's history.
        """
        method = self.target.method if method is None else method
        stage = Stage(replace(self.target, options=options, method=method), within=self)
        self._count += ACTORS_PER_STAGE
        try:
            yield stage
        finally:
            stage.close()

    def start(self, *objects: Handle, parent: Actor | None = None, name: str = "") -> Actor:
        """Start a child of `parent` (the creator) that inherits `objects`; return its actor.

        The child leaves at the end of the example; leaving otherwise than with exit status 0 is a
        finding too.
        """
        child, _ = self._start(objects, parent or self.creator, name)
        self._guests.append(child)
        return child

    def start_with_new(
        self,
        *descriptions: Description,
        containers: Sequence[str] = (),
    ) -> list[Handle]:
        """Start a child of the creator with new objects that only its Process refers to.

        The objects have no lock but their default one, and go in lists, or in `actors.containers`
        as named for each. Return them as the child has them.
        """
        makings = [
            (self.backend_function(one.maker), (one.type, *one.args), container)
            for one, container in zip(
                descriptions, containers or ["a list"] * len(descriptions), strict=True
            )
        ]
        child, made = self._start((), self.creator, "", makings)
        self._guests.append(child)
        return [Handle(child, number, kind, lent=True) for number, kind in made]

    def start_resident(self, *objects: Handle, parent: Actor | None = None) -> Actor:
        """Start a child of `parent` (the creator) that stays after the example, for the pool."""
        return self._start(objects, parent or self.creator, "")[0]

    def _start(
        self,
        objects: tuple[Handle, ...],
        parent: Actor,
        name: str,
        makings: Sequence[tuple[Name, tuple[Any, ...], str]] = (),
    ) -> tuple[Actor, list[tuple[int, str]]]:
        self._count += 1
        number = self._count
        name = name or f"child {place(number)}"
        assert self._workshop
        target = self.target
        made = parent.call(
            processes.start,
            target.backend,
            target.method,
            self._address,
            number,
            {obj._handle_number: obj for obj in objects},
            str(self._workshop.stacks),
            *([list(makings)] if makings else []),
        )
        child = self._accept(number, name, parent)
        child.inherited = frozenset(obj._handle_number for obj in objects)
        return child, made

    def thread(self, actor: Actor, resident: bool = False) -> Actor:
        """Start one more thread in an actor's process; it sees all objects of the process.

        It leaves at the end of the example, unless it is a resident.
        """
        self._count += 1
        actor.call(serve.start_thread, self._address, self._count)
        thread = self._accept(self._count, f"thread {place(self._count)} of {actor.name}", actor)
        thread.inherited = actor.inherited
        if not resident:
            self._guests.append(thread)
        return thread

    def is_busy(self) -> bool:
        """Return whether a call has begun whose outcome nobody has asked for."""
        return any(actor.is_busy for actor in self._actors)

    def drop_taken(self) -> None:
        """Have the pool part with the objects of this example, whatever they were left with."""
        for resident in self.pool.drop_taken():
            self.dismiss(resident)

    def judge_by(self, means: Means) -> None:
        """Take note of the means of an example; one that stands in for a better one is kept."""
        if not self.means.instead_of:
            self.means = means

    def begin_example(self) -> None:
        """Forget the last example's history."""
        self.history.clear()
        self.pool.begin_example()

    def end_example(self) -> None:
        """See off the actors that the example started; raises ActorDied if one left badly."""
        guests, self._guests = self._guests, []
        for guest in reversed(guests):
            self.dismiss(guest)

    def dismiss(self, actor: Actor) -> None:
        """Have an actor leave, and wait until it has; raises ActorDied if it ended badly."""
        actor.say_goodbye()
        actor.close()
        self._actors.remove(actor)
        if actor in self._guests:
            self._guests.remove(actor)
        if actor.parent is None or actor.pid == actor.parent.pid:
            return
        code = actor.parent.call(processes.join, actor.number, 2 * PATIENCE)
        if code is None:
            self._hung(actor, "its own exit", 2 * PATIENCE)
        if code != 0:
            raise ActorDied(actor.name, "its exit", code, self._output())

    def reset(self) -> None:
        """End every process of this stage, as it stands; the next use starts afresh."""
        if self._leader is not None:
            # The number of one that has ended may be another process's by now.
            alive = {*launch.members(self._leader.pid)} & {actor.pid for actor in self._actors}
            launch.end_group(self._leader, alive)
        self._clear()

    def close(self) -> None:
        """Let the actors leave in good order, and see to it that all have gone."""
        if self._leader is None:
            return
        # What was interrupted in an actor may have left some, which only this process goes with.
        left = left_names.of(launch.members(self._leader.pid))
        for actor in reversed(self._actors):
            actor.say_goodbye()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._leader.wait(GRACE)
        self.reset()
        left_names.remove(left)

    # What actors ask of their stage.

    def require(self, *names: str) -> None:
        """Raise NotKept unless the backend has each of these of its six names."""
        for name in names:
            if name not in self.target.names:
                raise NotKept(f"{self.target.backend} has no {name!r}")

    def backend_function(self, name: str) -> Any:
        """Return what stands for one of the backend's six functions; raises NotKept if it has none.

        It is a `Name`, to be called in an actor or given to one, where it is the function.
        """
        self.require(name)
        return Name(f"{self.target.backend}.{name}")

    def wait_for(self, actor: Actor, operation: Operation) -> None:
        """Return when something has come from `actor`; raises ActorHung when nothing does."""
        self._wait(actor.readable, actor, operation)

    def _wait(
        self, ready: Callable[[float], bool], actor: Actor, operation: Operation | str
    ) -> None:
        """Return when `ready`, which waits for some seconds, says so; raises ActorHung."""
        if isinstance(operation, Operation) and waits_for_processes(operation.function):
            seconds = SCENARIO * PATIENCE
            if not (ready(seconds) or (self._others_work(actor) and ready(2 * seconds))):
                self._hung(actor, operation, seconds)
            return
        if self.hangs:
            if ready(PATIENCE_AFTER_A_HANG):
                return
            if is_asleep(actor):
                self._hung(actor, operation, PATIENCE_AFTER_A_HANG)
        if not ready(PATIENCE):
            self._hung(actor, operation, PATIENCE)

    def _others_work(self, actor: Actor) -> bool:
        """Return whether processes besides an actor are at work, as on a slow machine."""
        assert self._leader
        group = self._leader.pid
        return not states.are_asleep(lambda: {*launch.members(group)} - {actor.pid})

    def ended_of(self, pending: Sequence[Pending[Any]], wait: bool = False) -> list[Pending[Any]]:
        """Return which of several calls have ended by now.

        With `wait`, wait until one of them has; raises ActorHung when none does.
        """
        calls = {call.actor.fileno(): call for call in pending}
        poll = select.poll()
        for descriptor in calls:
            poll.register(descriptor, select.POLLIN)
        ended = poll.poll(0)
        if wait and not ended:
            self._wait(
                lambda seconds: bool(poll.poll(seconds * 1000)), pending[0].actor, str(pending[0])
            )
            ended = poll.poll(0)
        return [calls[descriptor] for descriptor, _ in ended]

    def died(self, actor: Actor, operation: Operation) -> NoReturn:
        """Raise ActorDied for an actor whose connection has ended."""
        self.history.add(operation)
        call = describe(operation)
        code = self._exit_code(actor)
        raise ActorDied(actor.name, call, code, self._output()) from None

    # How it works.

    @property
    def _address(self) -> str:
        assert self._workshop
        return str(self._workshop.path / "suite")

    def _open(self) -> None:
        self._workshop = launch.Workshop(self.target.extra)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(self._address)
        self._listener.listen(64)
        try:
            command = [self.target.python, *self.target.options]
            self._leader = launch.start_creator(command, self._workshop, self._address, self._first)
        except OSError as problem:
            self._clear()
            raise StageFault(f"cannot run {self.target.python}: {problem}") from problem
        self._count = self._first
        options = " ".join(self.target.options)
        name = f"creator under {options}" if options else "creator"
        creator = self._accept(self._first, name, None)
        if self.target.method:
            with self.history.paused():
                creator.call(processes.use_start_method, self.target.backend, self.target.method)

    def _accept(self, number: int, name: str, parent: Actor | None) -> Actor:
        assert self._listener
        until = time.monotonic() + PATIENCE_FOR_A_START
        # Short waits, because a process that dies on its way here never tells.
        self._listener.settimeout(0.1)
        while True:
            try:
                connection, _ = self._listener.accept()
                break
            except TimeoutError:
                self._look_for_death(number, name, parent)
            if time.monotonic() > until:
                self._fail_to_start(name, parent)
        connection.setblocking(True)
        actor = Actor(self, name, number, parent, connection, 0, 0)
        hello = actor._channel.receive()
        if hello.number != number:
            raise StageFault(f"actor {hello.number} came when {number} was expected")
        actor.pid, actor.thread, actor.dumps_stacks = hello.pid, hello.thread, hello.dumps_stacks
        self._actors.append(actor)
        return actor

    def _look_for_death(self, number: int, name: str, parent: Actor | None) -> None:
        assert self._leader
        if parent is None:
            code = self._leader.poll()
            if code is not None:
                output = self._output()
                self._clear()
                last = output.splitlines()[-1] if output else "it said nothing"
                how = describe_exit(code)
                raise StageFault(f"{self.target.python} {how} at its start: {last}")
        elif number not in {actor.number for actor in self._actors}:
            try:
                with self.history.paused():
                    code = parent.call(processes.join, number, 0)
            except OperationRaised:  # a thread is no process
                return
            if code is not None:
                raise ActorDied(name, "its start", code, self._output())

    def _fail_to_start(self, name: str, parent: Actor | None) -> NoReturn:
        if parent is None:
            self.reset()
            raise StageFault(f"{self.target.python} did not connect within its time")
        self._hung(parent, f"the start of {name}", PATIENCE_FOR_A_START)

    def _exit_code(self, actor: Actor) -> int | None:
        assert self._leader
        while actor.parent is not None and actor.parent.pid == actor.pid:
            actor = actor.parent
        try:
            if actor.parent is None:
                return self._leader.wait(PATIENCE)
            code: int | None = actor.parent.call(processes.join, actor.number, PATIENCE / 2)
            return code
        except (Finding, StageFault, subprocess.TimeoutExpired):
            # Its parent is gone too, or busy: that it died is known, of what is not.
            return None

    def _hung(self, actor: Actor, operation: Operation | str, seconds: float) -> NoReturn:
        self.hangs += 1
        if isinstance(operation, Operation):
            self.history.add(operation)
            operation = describe(operation)
        raise ActorHung(actor.name, operation, seconds, self._stacks())

    def _stacks(self) -> str:
        """Return where every thread of every actor stands, by faulthandler."""
        assert self._workshop
        by_pid = {actor.pid: actor.name for actor in reversed(self._actors) if actor.dumps_stacks}
        for pid in by_pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGUSR1)
        missing: Collection[int] = list(by_pid)
        until = time.monotonic() + 1
        while missing and time.monotonic() < until:
            # The dump is written by a signal handler, which reports to nobody.
            time.sleep(0.02)
            missing = [pid for pid in missing if not self._workshop.stack_of(pid)]
        return "\n".join(f"{name}:\n{self._workshop.stack_of(pid)}" for pid, name in by_pid.items())

    def _output(self) -> str:
        assert self._workshop
        return self._workshop.last_words()

    def _clear(self) -> None:
        for actor in self._actors:
            actor.close()
        if self._listener is not None:
            self._listener.close()
        if self._workshop is not None:
            self._workshop.remove()
        self._workshop = self._leader = self._listener = None
        self._actors = []
        self._guests = []
        self._count = 0
        self.pool.forget()
