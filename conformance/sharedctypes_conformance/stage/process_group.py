"""A process group: a creator and all its descendants, from start to end.

Actors connect to the socket of their group when they have started, and exit when the suite tells
them to; those that do not are killed with the group.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Collection, Iterator, Sequence

from ..actors.runtime import processes, serve
from ..actors.system import leaked_names
from . import launch, patience
from .actor import Actor
from .findings import ActorDied, OperationRaised, StageFault, describe_exit
from .handles import Handle, number_of
from .history import History
from .keeper import GRACE
from .operations import Start, reference_to, without_handles
from .scratch import ScratchFolder
from .target import Target
from .watchdog import Watchdog

# For a resource tracker to end after its last process: seconds.
_MOMENT = 0.1


class ProcessGroup:
    """The actors of a target, in processes of their own; raises StageFault if it does not start.

    `numbers` identify the actors of one history, and the objects that were created in them.
    """

    def __init__(
        self, target: Target, history: History, hangs: patience.Hangs, numbers: Iterator[int]
    ) -> None:
        self.target = target
        self.actors: list[Actor] = []
        self.has_ended = False
        self._history = history
        self._hangs = hangs
        self._numbers = numbers
        self._started = 0
        # Those that exit at the end of an example.
        self._guests: list[Actor] = []
        self.scratch = ScratchFolder(target)
        self._address = str(self.scratch.path / "suite")
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(self._address)
        self._listener.listen(64)
        number = next(numbers)
        try:
            command = [target.python, *target.options]
            self._leader = launch.start_creator(command, self.scratch, self._address, number)
        except OSError as problem:
            self._close_files()
            raise StageFault(f"cannot run {target.python}: {problem}") from problem
        self.watchdog = Watchdog(history, hangs, self._leader, self.scratch, self.actors)
        options = " ".join(target.options)
        try:
            name = f"creator under {options}" if options else "creator"
            self.creator = self._accept(number, name, None)
            if target.method:
                with history.paused():
                    self.creator.backend = self.creator.call(
                        processes.use_start_method, target.backend, target.method
                    )
        except BaseException:
            self.end()
            raise

    @property
    def is_busy(self) -> bool:
        """Whether a call has begun whose outcome has not been fetched."""
        return any(actor.is_busy for actor in self.actors)

    def start(
        self,
        objects: Sequence[Handle] = (),
        *,
        parent: Actor | None = None,
        name: str = "",
        new: Sequence[processes.New] = (),
        resident: bool = False,
        in_thread: bool = False,
    ) -> tuple[Actor, list[Handle]]:
        """Start a child of `parent` (the creator) that inherits `objects`; return its actor.

        The second value are the child's handles of `new`, objects that are constructed for it. The
        child exits at the end of the example, unless it is a resident. `in_thread` is whether it is
        started by a thread that ends at once.
        """
        parent = parent or self.creator
        number, place = self._next_number()
        name = name or f"child {place}"
        action = Start(name, tuple(map(reference_to, objects)), without_handles(tuple(new)), number)
        made = parent.call_as(
            action,
            processes.start,
            self.target.backend,
            self.target.method,
            self._address,
            number,
            {number_of(obj): obj for obj in objects},
            str(self.scratch.stacks),
            list(new),
            in_thread,
        )
        inherited = frozenset(map(number_of, objects))
        child = self._accept(number, name, parent, inherited)
        if not resident:
            self._guests.append(child)
        return child, [Handle(child, number, kind, lent=True) for number, kind in made]

    def thread(self, actor: Actor, resident: bool = False) -> Actor:
        """Start one more thread in an actor's process; it sees all objects of the process.

        It exits at the end of the example, unless it is a resident.
        """
        number, place = self._next_number()
        action = Start(f"thread {place}", number=number)
        actor.call_as(action, serve.start_thread, self._address, number)
        name = f"thread {place} of {actor.name}"
        thread = self._accept(number, name, actor, actor.inherited)
        if not resident:
            self._guests.append(thread)
        return thread

    def dismiss_guests(self) -> None:
        """Dismiss the actors started for this example, the last first; raises like `dismiss`."""
        guests, self._guests = self._guests, []
        for guest in reversed(guests):
            self.dismiss(guest)

    def dismiss(
        self,
        actor: Actor,
        ending: Callable[[Actor], object] = Actor.say_goodbye,
        statuses: Collection[int] = (0,),
    ) -> None:
        """Have an actor exit, and wait for it; raises ActorDied for any other exit status.

        `ending` is what makes it exit. The status of one whose parent has ended is nobody's to see.
        """
        ending(actor)
        self.actors.remove(actor)
        if actor in self._guests:
            self._guests.remove(actor)
        if actor.parent is None or actor.pid == actor.parent.pid:
            actor.close()
            return
        seconds = self._hangs.bound(2 * patience.PATIENCE, patience.LITTLE_FOR_PROCESSES)
        if actor.parent in self.actors:
            actor.close()
            code = self._join(actor.parent, actor, seconds)
        else:
            gone = actor.has_left(seconds)
            actor.close()
            if gone:
                return
            code = None
        if code is None:
            self.watchdog.report_hang(actor, "its own exit", seconds)
        if code not in statuses:
            raise ActorDied(actor.name, "its exit", code, self.watchdog.output())

    def _join(self, parent: Actor, child: Actor, seconds: float) -> int | None:
        """Wait for a child of an actor; return its exit code, None if it does not end in time."""
        if not any(child.pid in _ancestors(actor) for actor in self.actors):
            return parent.call(processes.join, child.number, seconds)
        # The sentinel of a forked child is not ready before all that descend from it have ended.
        until = time.monotonic() + seconds
        with self._history.paused():
            while (code := parent.call(processes.join, child.number, 0.002)) is None:
                if time.monotonic() > until:
                    break
        return code

    def end(self) -> None:
        """Kill every process, unless they have ended."""
        if self.has_ended:
            return
        # The pid of a process that has ended may have been reused.
        self._leader.end(self._leader.processes() & {actor.pid for actor in self.actors})
        for actor in self.actors:
            actor.close()
        self.actors.clear()
        self._guests.clear()
        self._close_files()

    def close(self) -> None:
        """Let the actors exit, and kill those that do not."""
        if self.has_ended:
            return
        # Names that an interrupted call left behind may be unknown to any resource tracker.
        left = leaked_names.of(self._leader.processes())
        for actor in reversed(self.actors):
            actor.say_goodbye()
        # Resource trackers and forkservers end by themselves when all others have.
        if self._leader.wait(GRACE) is not None:
            self._leader.wait_for_all(_MOMENT)
        self.end()
        leaked_names.remove(left)

    def _close_files(self) -> None:
        self._listener.close()
        self.scratch.remove()
        self.has_ended = True

    def _next_number(self) -> tuple[int, int]:
        """Return the number of a new actor, and its number within the group."""
        self._started += 1
        return next(self._numbers), self._started

    def _accept(
        self,
        number: int,
        name: str,
        parent: Actor | None,
        inherited: frozenset[int] = frozenset(),
    ) -> Actor:
        seconds = patience.PATIENCE_FOR_A_START
        if parent is not None:
            seconds = self._hangs.bound(seconds, patience.LITTLE_FOR_PROCESSES)
        began = time.monotonic()
        # Short waits, because a process that dies before it connects is noticed only by polling.
        self._listener.settimeout(0.1)
        while True:
            try:
                connection, _ = self._listener.accept()
                break
            except TimeoutError:
                self._look_for_death(number, name, parent)
            # After a hang the next is reported sooner, but only if nobody is at work.
            soon = bool(self._hangs.count and parent) and seconds > patience.PATIENCE
            waited = time.monotonic() - began
            if waited > seconds:
                self._fail_to_start(name, parent, seconds)
            if soon and waited > patience.PATIENCE and not self.watchdog.others_are_running():
                self._fail_to_start(name, parent, patience.PATIENCE)
        connection.setblocking(True)
        actor = Actor(self.target, self.watchdog, name, number, parent, connection, inherited)
        self.actors.append(actor)  # whatever comes: who is not among them is not ended
        if parent is not None and actor.backend != parent.backend:
            # What it does would be said of the wrong module.
            raise StageFault(
                f"{name} has {self.target.backend} of {actor.backend or 'no file'}, "
                f"{parent.name} that of {parent.backend or 'no file'}"
            )
        return actor

    def _look_for_death(self, number: int, name: str, parent: Actor | None) -> None:
        """Raise ActorDied, or StageFault for the creator, if a process has ended at its start."""
        if parent is None:
            code = self._leader.poll()
            if code is not None:
                output = self.watchdog.output()
                last = output.splitlines()[-1] if output else "no output"
                how = describe_exit(code)
                raise StageFault(f"{self.target.python} {how} at its start: {last}")
            return
        try:
            with self._history.paused():
                code = parent.call(processes.join, number, 0)
        except OperationRaised:  # a thread is no process
            return
        if code is not None:
            raise ActorDied(name, "its start", code, self.watchdog.output())

    def _fail_to_start(self, name: str, parent: Actor | None, seconds: float) -> None:
        if parent is None:
            raise StageFault(f"{self.target.python} did not connect within its time")
        self.watchdog.report_hang(parent, f"the start of {name}", seconds)


def _ancestors(actor: Actor) -> Iterator[int]:
    """Yield the processes of which an actor's descends, whether or not they have ended."""
    while actor.parent is not None:
        actor = actor.parent
        yield actor.pid
