"""One actor, seen from the suite: carry out a call, or begin one and come back for its outcome."""

# ruff: noqa: N802 - methods named like the functions of the API that they call

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from ..actors.runtime import batches, processes, wire
from ..actors.system.process_states import status_of
from .findings import OperationRaised, StageFault, short_name
from .handles import Handle
from .history import Operation, describe_call, without_handles
from .names import CType, Name, is_of_actors, name_of

if TYPE_CHECKING:
    from .stage import Stage

P = ParamSpec("P")
R = TypeVar("R")

# How long to look for a thread's sleep, where it does not fall asleep or nothing tells: seconds.
SETTLING = 0.5


class Actor:
    """A thread in a process of the target interpreter that does what a check says.

    `parent` is the actor that started its process, None for the creator; `pid` and `thread` are
    the system's numbers.
    """

    def __init__(
        self,
        stage: Stage,
        name: str,
        number: int,
        parent: Actor | None,
        sock: socket.socket,
        pid: int,
        thread: int,
    ) -> None:
        self.stage = stage
        self.name = name
        self.number = number
        self.parent = parent
        self.pid = pid
        self.thread = thread
        self.dumps_stacks = False
        self.inherited: frozenset[int] = frozenset()
        self._released: list[int] = []
        self._channel = wire.Channel(sock, self._identify, self._resolve)
        self._pending: Pending[Any] | None = None

    def __repr__(self) -> str:
        return f"<actor {self.name}, pid {self.pid}>"

    def __call__(self, handle: Handle) -> Handle:
        """Return this actor's own view of an object that it inherited, or that its process has.

        The view does not keep the object in the actor's table: whoever made it does.
        """
        number = handle._handle_number
        if number not in self.inherited and handle._handle_actor.pid != self.pid:
            raise StageFault(f"{self.name} did not inherit {handle!r}")
        return Handle(self, number, handle._handle_kind, lent=True)

    @overload
    def call(self, function: Callable[P, R], /, *args: P.args, **keywords: P.kwargs) -> R: ...
    @overload
    def call(self, function: str | Name | CType, /, *args: Any, **keywords: Any) -> Any: ...
    def call(self, function: object, /, *args: Any, **keywords: Any) -> Any:
        """Call a function in this actor and return what it returns.

        `function` is one of `actors`, a handle, a `CType` or a dotted name. What is no plain data
        comes back as a handle, whatever its type is declared to be. Raises OperationRaised,
        ActorDied or ActorHung.
        """
        return self._complete(self._send(False, function, args, keywords))

    def make(self, cls: Callable[P, object], /, *args: P.args, **keywords: P.kwargs) -> Handle:
        """Call a class or function of `actors` that returns no plain data; return its handle.

        Raises like `call`.
        """
        made: Handle = self._complete(self._send(False, cls, args, keywords))
        return made

    def Value(self, typecode_or_type: Any, *args: Any, **keywords: Any) -> Any:
        """Call the backend's `Value`."""
        return self._call_backend("Value", typecode_or_type, *args, **keywords)

    def Array(self, typecode_or_type: Any, size_or_initializer: Any, **keywords: Any) -> Any:
        """Call the backend's `Array`."""
        return self._call_backend("Array", typecode_or_type, size_or_initializer, **keywords)

    def RawValue(self, typecode_or_type: Any, *args: Any) -> Any:
        """Call the backend's `RawValue`."""
        return self._call_backend("RawValue", typecode_or_type, *args)

    def RawArray(self, typecode_or_type: Any, size_or_initializer: Any) -> Any:
        """Call the backend's `RawArray`."""
        return self._call_backend("RawArray", typecode_or_type, size_or_initializer)

    def copy(self, obj: Any) -> Any:
        """Call the backend's `copy`."""
        return self._call_backend("copy", obj)

    def synchronized(self, obj: Any, *args: Any, **keywords: Any) -> Any:
        """Call the backend's `synchronized`."""
        return self._call_backend("synchronized", obj, *args, **keywords)

    def Lock(self) -> Any:
        """Return a new Lock of the backend's context."""
        return self.call(processes.new_lock, "Lock")

    def RLock(self) -> Any:
        """Return a new RLock of the backend's context."""
        return self.call(processes.new_lock, "RLock")

    def _call_backend(self, name: str, /, *args: Any, **keywords: Any) -> Any:
        return self.call(self.stage.backend_function(name), *args, **keywords)

    @overload
    def begin(
        self, function: Callable[P, R], /, *args: P.args, **keywords: P.kwargs
    ) -> Pending[R]: ...
    @overload
    def begin(
        self, function: str | Name | CType, /, *args: Any, **keywords: Any
    ) -> Pending[Any]: ...
    def begin(self, function: object, /, *args: Any, **keywords: Any) -> Pending[Any]:
        """Begin a call and return as soon as the actor is about to make it; else like `call`."""
        operation = self._send(True, function, args, keywords)
        announced = self._receive(operation)
        if announced is not None:
            self._complete_with(operation, announced)
        self._pending = Pending(self, operation)
        return self._pending

    def play(
        self, calls: list[tuple[Name, tuple[Any, ...], dict[str, Any], tuple[str, Any]]]
    ) -> list[tuple[str, Any]]:
        """Call functions one after the other, in one round trip, until one surprises.

        Each call comes with the outcome that is expected of it: ("returned", value) or ("raised",
        class name). Returns what came, up to the first that differs. In the history they are calls
        like any others.
        """
        with self.stage.history.paused():
            came: list[Any] = self.call(batches.until_a_surprise, calls)
        outcomes = []
        for (function, args, keywords, _), (began, ended, outcome) in zip(
            calls, came, strict=False
        ):
            self.stage.history.add(
                Operation(
                    self.name,
                    function,
                    without_handles(args),
                    without_handles(keywords),
                    began,
                    ended,
                    (outcome[0], without_handles(outcome[1]), outcome[2]),
                )
            )
            raised = outcome[0] == "raised"
            outcomes.append((outcome[0], short_name(outcome[1][0]) if raised else outcome[1]))
        return outcomes

    def release(self, number: int) -> None:
        """Let the actor forget an object, at the latest with its next call."""
        self._released.append(number)

    def say_goodbye(self) -> None:
        """Tell the actor to leave, if it still listens."""
        try:
            self._channel.send(None)
        except (wire.Closed, OSError):
            return

    def close(self) -> None:
        """Close this end of the wire."""
        self._channel.close()

    @property
    def is_busy(self) -> bool:
        """Whether a call has begun whose outcome nobody has asked for."""
        return self._pending is not None

    def fileno(self) -> int:
        """Return the descriptor of this end of the wire, for `poll`."""
        return self._channel.sock.fileno()

    def readable(self, seconds: float) -> bool:
        """Wait for something to come from the actor; return whether it did."""
        poll = select.poll()
        poll.register(self, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def _send(
        self, announce: bool, function: object, args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Operation:
        if self._pending is not None:
            raise StageFault(f"{self.name} is still busy with {self._pending}")
        if isinstance(function, str) or is_of_actors(function):
            function = name_of(function)
        released, self._released = self._released, []
        operation = Operation(
            self.name, without_handles(function), without_handles(args), without_handles(keywords)
        )
        try:
            self._channel.send((announce, released, function, args, keywords))
        except wire.Closed:
            self.stage.died(self, operation)
        return operation

    def _receive(self, operation: Operation) -> Any:
        self.stage.wait_for(self, operation)
        try:
            return self._channel.receive()
        except wire.Closed:
            self.stage.died(self, operation)

    def _complete(self, operation: Operation) -> Any:
        return self._complete_with(operation, self._receive(operation))

    def _complete_with(self, operation: Operation, received: Any) -> Any:
        began, ended, outcome = received
        how, what, text = outcome
        if how == "fault":
            raise StageFault(f"{self.name} could not read {describe(operation)}: {what}")
        self.stage.history.add(
            Operation(
                operation.actor,
                operation.function,
                operation.args,
                operation.keywords,
                began,
                ended,
                (how, without_handles(what), text),
            )
        )
        if how == "raised":
            raise OperationRaised(describe(operation), tuple(what), text)
        return what

    def _identify(self, obj: object) -> tuple[Any, ...]:
        match obj:
            case Handle():
                if obj._handle_actor is not self and not (
                    obj._handle_number in self.inherited or obj._handle_actor.pid == self.pid
                ):
                    raise StageFault(f"{obj!r} was given to {self.name}, which cannot see it")
                return ("object", obj._handle_number)
            case CType():
                return ("type", obj.name)
            case Name():
                return ("name", obj.dotted)
            case _ if is_of_actors(obj):
                return ("name", name_of(obj).dotted)
        raise StageFault(f"{obj!r} is neither plain data nor a handle")

    def _resolve(self, pid: tuple[str, int, str]) -> Handle:
        return Handle(self, pid[1], pid[2])


class Pending(Generic[R]):
    """A call that has begun and may be blocked."""

    def __init__(self, actor: Actor, operation: Operation) -> None:
        self.actor = actor
        self._operation = operation

    def __str__(self) -> str:
        return describe(self._operation)

    def done(self) -> bool:
        """Return whether the call has ended by now."""
        return self.actor.readable(0)

    def settle(self) -> bool:
        """Wait until the call has ended or its thread sleeps in it; return whether it has ended.

        That a thread sleeps is no proof that it waits for a lock, so False decides nothing: a
        check goes on to the moment when the call must or must not have ended.
        """
        until = time.monotonic() + SETTLING
        while not self.done():
            # One that looks again and again, instead of sleeping, never falls asleep.
            if is_asleep(self.actor) or time.monotonic() > until:
                return self.done()
        return True

    def result(self) -> R:
        """Wait for the call's end and return what it returned; raises like `Actor.call`."""
        self.actor._pending = None
        result: R = self.actor._complete(self._operation)
        return result


def describe(operation: Operation) -> str:
    """Return an operation's call as code."""
    return describe_call(operation.function, operation.args, operation.keywords)


def is_asleep(actor: Actor) -> bool:
    """Return whether an actor is seen asleep; False where the system does not tell."""
    status = status_of(actor.pid, actor.thread)
    return status is not None and status.state == "S"
