"""One actor, seen from the suite: make a call, or begin one and fetch its outcome later."""

# ruff: noqa: N802 - methods named like the functions of the API that they call

from __future__ import annotations

import select
import socket
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Generic, NoReturn, ParamSpec, Protocol, TypeVar, overload

from ..actors.runtime import processes, serve, wire
from ..actors.system.process_states import status_of
from .findings import NotKept, OperationRaised, Returned, StageFault
from .handles import Handle, comes_from, expect_kind, kind_of, number_of, origin_of, owner_of
from .history import Asked, Begun, Dropped, History
from .history_in_words import describe
from .limits import seconds_left
from .names import CType, Name, is_of_actors, name_of
from .operations import Action, Call, Operation, call_of, method_of, origin_in, without_handles
from .target import Target

P = ParamSpec("P")
R = TypeVar("R")

# How long to wait for a thread to fall asleep, if it does not, or the system does not say: seconds.
SETTLING = 0.5

# Which limits of waits are waited for, and for how long in vain, for one target: seconds.
_SHORT, _LONG, _MOST_IN_VAIN = 0.05, 10.0, 10.0
_in_vain: defaultdict[Target, float] = defaultdict(float)


class Watch(Protocol):
    """Waits for the answers of actors, and reports those that do not answer."""

    history: History

    def wait_for(self, actor: Actor, action: Action) -> None:
        """Return when `actor` has answered; raises ActorHung if it does not in time."""

    def report_death(self, actor: Actor, action: Action) -> NoReturn:
        """Raise ActorDied for an actor whose connection has ended during an action."""


class Actor:
    """A thread in a process of the target interpreter that makes the calls of a check.

    `parent` is the actor that started its process, None for the creator; `inherited` are the
    numbers of the objects that it inherited. `pid` and `thread` are the ids of the system;
    `backend` is the file of the module under test in its process.
    """

    def __init__(
        self,
        target: Target,
        watch: Watch,
        name: str,
        number: int,
        parent: Actor | None,
        sock: socket.socket,
        inherited: frozenset[int] = frozenset(),
    ) -> None:
        self.target = target
        self.name = name
        self.number = number
        self.parent = parent
        self.inherited = inherited
        self._watch = watch
        self._released: list[int] = []
        self._channel = wire.Channel(sock, self._identify, self._resolve)
        self._pending: Pending[Any] | None = None
        # The call behind the action that is under way, where the two differ.
        self._call: Call | None = None
        try:
            hello: serve.Hello = self._channel.receive()
        except wire.Closed:
            raise StageFault(f"{name} ended before it said what it is") from None
        if hello.number != number:
            raise StageFault(f"actor {hello.number} connected when {number} was expected")
        self.pid, self.thread, self.dumps_stacks = hello.pid, hello.thread, hello.dumps_stacks
        self.backend = hello.backend

    def __repr__(self) -> str:
        return f"<actor {self.name}, pid {self.pid}>"

    def __call__(self, handle: Handle) -> Handle:
        """Return this actor's handle of an object that it inherited, or that its process has.

        This handle does not keep the object in the actor's table; the first one does.
        """
        if not self._sees(handle):
            raise StageFault(f"{self.name} did not inherit {handle!r}")
        seen = Handle(self, number_of(handle), kind_of(handle), lent=True)
        comes_from(seen, origin_of(handle))
        return seen

    @property
    def history(self) -> History:
        """The history to which the operations of this actor are added."""
        return self._watch.history

    @overload
    def call(self, function: Callable[P, R], /, *args: P.args, **keywords: P.kwargs) -> R: ...
    @overload
    def call(self, function: str | Name | CType, /, *args: Any, **keywords: Any) -> Any: ...
    def call(self, function: object, /, *args: Any, **keywords: Any) -> Any:
        """Call a function in this actor and return what it returns.

        `function` is one of `actors`, a handle, a `CType` or a dotted name. What is not plain data
        is returned as a handle, whatever its declared type. Raises OperationRaised,
        ActorDied or ActorHung.
        """
        return self._result_of(self._send(False, function, args, keywords))

    def call_as(
        self, action: Action, function: Callable[P, R], /, *args: P.args, **keywords: P.kwargs
    ) -> R:
        """Call a function of `actors` likewise, and record the call in the history as `action`."""
        self._call = call_of(name_of(function), args, keywords)
        try:
            self._transmit(False, action, function, args, keywords)
            result: R = self._result_of(action)
        finally:
            self._call = None
        return result

    def make(self, cls: Callable[P, object], /, *args: P.args, **keywords: P.kwargs) -> Handle:
        """Call a class or function of `actors` that does not return plain data; return a handle.

        Raises like `call`.
        """
        made: Handle = self._result_of(self._send(False, cls, args, keywords))
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
        function = self.target.backend_function(name)
        made = self.call(function, *args, **keywords)
        if not isinstance(made, Handle):
            what = describe(call_of(function, args, keywords))
            kind = f"builtins.{type(made).__name__}"
            raise NotKept(f"{what} returned {made!r}", Returned(kind, name))
        return made

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
        action = self._send(True, function, args, keywords)
        announced = self._receive(action)
        if announced is not None:
            self._complete(action, announced)
        self._pending = Pending(self, action)
        self.history.note(Begun(self.number, action))
        return self._pending

    def release(self, number: int) -> None:
        """Have the actor drop an object, at the latest with its next call."""
        self._released.append(number)

    def say_goodbye(self) -> None:
        """Tell the actor to exit, if it is still connected."""
        try:
            self._channel.send(None)
        except (wire.Closed, OSError):
            return

    def has_left(self, seconds: float) -> bool:
        """Wait for the end of the actor, which says nothing more; return whether it has ended."""
        if not self.readable(seconds):
            return False
        try:
            self._channel.receive()
        except (wire.Closed, OSError):
            return True
        return self.has_left(seconds)

    def close(self) -> None:
        """Close this end of the wire."""
        self._channel.close()

    @property
    def is_busy(self) -> bool:
        """Whether a call has begun whose outcome has not been fetched."""
        return self._pending is not None

    def fileno(self) -> int:
        """Return the descriptor of this end of the wire, for `poll`."""
        return self._channel.sock.fileno()

    def readable(self, seconds: float) -> bool:
        """Wait for the actor to send something; return whether it did."""
        poll = select.poll()
        poll.register(self, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def _send(
        self, announce: bool, function: object, args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Action:
        if isinstance(function, str) or is_of_actors(function):
            function = name_of(function)
        action = call_of(function, args, keywords)
        self._transmit(announce, action, function, args, keywords)
        return action

    def _transmit(
        self,
        announce: bool,
        action: Action,
        function: object,
        args: tuple[Any, ...],
        keywords: dict[str, Any],
    ) -> None:
        if self._pending is not None:
            raise StageFault(f"{self.name} is still busy with {self._pending}")
        released, self._released = self._released, []
        if released:
            self.history.note(Dropped(self.number, tuple(released)))
        try:
            self._channel.send((announce, released, function, args, keywords))
        except wire.Closed:
            self._watch.report_death(self, action)

    def _receive(self, action: Action) -> Any:
        self._watch.wait_for(self, action)
        try:
            return self._channel.receive()
        except wire.Closed:
            self._watch.report_death(self, action)

    def _result_of(self, action: Action) -> Any:
        return self._complete(action, self._receive(action))

    def _complete(self, action: Action, received: Any) -> Any:
        began, ended, (how, what, text) = received
        if how == "fault":
            raise StageFault(f"{self.name} could not read {describe(action)}: {what}")
        if isinstance(what, Handle):
            comes_from(what, origin_in(action))
        outcome = (how, without_handles(what), text)
        self.history.add(self.operation(action, began, ended, outcome))
        if how == "raised":
            raise OperationRaised(describe(action), tuple(what), text)
        expect_kind(method_of(action), what)
        return what

    def operation(
        self,
        action: Action,
        began: int | None = None,
        ended: int | None = None,
        outcome: tuple[str, Any, Any] | None = None,
    ) -> Operation:
        """Return the entry of the history for an action of this actor."""
        return Operation(self.name, action, began, ended, outcome, self.number, self._call)

    def _sees(self, handle: Handle) -> bool:
        owner = owner_of(handle)
        return owner is self or number_of(handle) in self.inherited or owner.pid == self.pid

    def _identify(self, obj: object) -> tuple[Any, ...]:
        match obj:
            case Handle():
                if not self._sees(obj):
                    raise StageFault(f"{obj!r} was passed to {self.name}, which cannot see it")
                return ("object", number_of(obj))
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

    def __init__(self, actor: Actor, action: Action) -> None:
        self.actor = actor
        self.action = action

    def __str__(self) -> str:
        return describe(self.action)

    def done(self) -> bool:
        """Return whether the call has ended by now."""
        ended = self.actor.readable(0)
        self.actor.history.note(Asked(self.actor.number, ended))
        return ended

    def settle(self) -> bool:
        """Wait until the call has ended or its thread sleeps in it; return whether it has ended.

        A thread that sleeps need not be waiting for a lock, so False decides nothing: a check goes
        on to the moment at which the call must, or must not, have ended.
        """
        until = time.monotonic() + SETTLING
        while not self.actor.readable(0):
            # A thread that polls instead of sleeping never falls asleep.
            if is_asleep(self.actor) or time.monotonic() > until:
                break
        return self.done()

    def outlast(self) -> bool:
        """Wait until it is over if the thread waits for a limited time; return whether it ended.

        Nothing is waited for if that would take long, or has been in vain too often: a correct lock
        may wait any number of times, each for a while.
        """
        seconds = seconds_left(self.actor.pid, self.actor.thread)
        if seconds is None or not _SHORT < seconds < _LONG:
            return self.done()
        if _in_vain[self.actor.target] + seconds > _MOST_IN_VAIN:
            return self.done()
        if self.actor.readable(seconds + SETTLING):
            return True
        _in_vain[self.actor.target] += seconds
        return False

    def result(self) -> R:
        """Wait for the call's end and return what it returned; raises like `Actor.call`."""
        self.actor._pending = None
        result: R = self.actor._result_of(self.action)
        return result


def actor_of(handle: Handle) -> Actor:
    """Return the actor that owns a handle's object."""
    owner = owner_of(handle)
    assert isinstance(owner, Actor)
    return owner


def is_asleep(actor: Actor) -> bool:
    """Return whether an actor is asleep; False if the system does not say."""
    status = status_of(actor.pid, actor.thread)
    return status is not None and status.state == "S"
