"""A stage: the actors of one backend, in one interpreter, under one start method.

A check asks for the `creator`, creates objects in it, and starts children that inherit them. The
stage waits for every outcome with a bound, distinguishes a crash from a hang, and starts afresh
after either of them, so that the next check is not affected. It delegates: processes to a
`ProcessGroup`, waiting to its `Watchdog`, objects that are used by many examples to the `Pool`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

from ..actors.runtime.processes import New
from .actor import Actor, Pending
from .descriptions import Description
from .findings import ActorHung, GaveUp
from .handles import Handle
from .history import History, Part
from .means import UNSPECIFIED, Means
from .patience import Hangs
from .pool import Pool
from .process_group import ProcessGroup
from .target import Target

T = TypeVar("T")


class Stage:
    """The actors of one target, which are started when they are first needed.

    A stage `within` another shares its history, and what has hung: `hangs`. `effort` is how often a
    check repeats what it repeats, compared with the default profile.
    """

    def __init__(self, target: Target, within: Stage | None = None) -> None:
        self.target = target
        self.history: History = within.history if within else History()
        self.pool = Pool(self.history, lambda: self.group)
        self.means = UNSPECIFIED
        self.effort: float = within.effort if within else 1
        self._seen: dict[Hashable, tuple[Any, Part]] = {}
        self._numbers: Iterator[int] = within._numbers if within else count(1)
        self.hangs: Hangs = within.hangs if within else Hangs()
        self._group: ProcessGroup | None = None

    @property
    def group(self) -> ProcessGroup:
        """The processes of the actors, started afresh if they have been ended."""
        if self._group is None or self._group.has_ended:
            self._group = ProcessGroup(self.target, self.history, self.hangs, self._numbers)
        return self._group

    @property
    def creator(self) -> Actor:
        """The first actor, in which objects are created."""
        return self.group.creator

    @contextmanager
    def fresh(self, *options: str, method: str | None = None) -> Iterator[Stage]:
        """Give a stage of its own to a block, in a new interpreter with the given options.

        It has this stage's start method, or `method`; "" leaves the interpreter as it starts, with
        no start method chosen and the backend not imported, and it cannot start children. What is
        done on it is part of this stage's history.
        """
        method = self.target.method if method is None else method
        stage = Stage(replace(self.target, options=options, method=method), within=self)
        try:
            yield stage
        except (ActorHung, GaveUp):
            stage.reset()  # who hangs does not exit when told to
            raise
        finally:
            stage.close()

    def start(self, *objects: Handle, parent: Actor | None = None, name: str = "") -> Actor:
        """Start a child of `parent` (the creator) that inherits `objects`; return its actor.

        The child exits at the end of the example; an exit status other than 0 is a finding.
        """
        return self.group.start(objects, parent=parent, name=name)[0]

    def start_with_new(
        self,
        *descriptions: Description,
        containers: Sequence[str] = (),
        in_thread: bool = False,
    ) -> list[Handle]:
        """Start a child of the creator with new objects that only its Process refers to.

        With `in_thread`, a thread does so that ends at once.

        The objects have their default lock, and are passed in lists, or in the `containers` named.
        Return handles of the objects in the child.
        """
        new = [
            New(self.backend_function(one.maker), (one.type, *one.args), container)
            for one, container in zip(
                descriptions, containers or ["a list"] * len(descriptions), strict=True
            )
        ]
        return self.group.start(new=new, in_thread=in_thread)[1]

    def start_resident(self, *objects: Handle, parent: Actor | None = None) -> Actor:
        """Start a child of `parent` (the creator) that stays after the example."""
        return self.group.start(objects, parent=parent, resident=True)[0]

    def thread(self, actor: Actor, resident: bool = False) -> Actor:
        """Start one more thread in an actor's process; it sees all objects of the process.

        It exits at the end of the example, unless it is a resident.
        """
        return self.group.thread(actor, resident)

    def ended_of(self, pending: Sequence[Pending[Any]], wait: bool = False) -> list[Pending[Any]]:
        """Return which of several calls have ended by now.

        With `wait`, wait until one of them has; raises ActorHung when none does.
        """
        return self.group.watchdog.wait_for_any(pending, wait)

    def require(self, *names: str) -> None:
        """Raise Missing unless the backend has each of these of its six names."""
        self.target.require(*names)

    def backend_function(self, name: str) -> Any:
        """Return a name for one of the backend's six functions; raises Missing if there is none.

        It is a `Name`: actors call it, or receive the function where it is an argument.
        """
        return self.target.backend_function(name)

    def times(self, default: int) -> int:
        """Return how often to repeat what the default profile repeats so often; at least once."""
        return max(1, round(default * self.effort))

    def once(self, key: Hashable, look: Callable[[], T]) -> T:
        """Return what `look` returned when it was first called for this key.

        It shows what happens on processes of its own, and takes long; several checks want to know.
        After a reset it is called again: a failure is repeated on processes that are new.
        """
        if key not in self._seen:
            mark = self.history.mark()
            seen = look()
            self._seen[key] = seen, self.history.since(mark)
        else:
            self.history.repeat(self._seen[key][1])
        found: T = self._seen[key][0]
        return found

    def record_means(self, means: Means) -> None:
        """Record the means of an example; a fallback, once used, is not overwritten."""
        if not self.means.instead_of:
            self.means = means

    # Called by judging, around each example.

    def begin_example(self) -> None:
        """Forget the last example's history."""
        self.history.clear()
        self.pool.begin_example()

    def end_example(self) -> None:
        """Dismiss the actors that the example started; raises like `dismiss`."""
        if self._group is not None:
            self._group.dismiss_guests()

    def dismiss(
        self,
        actor: Actor,
        ending: Callable[[Actor], object] = Actor.say_goodbye,
        statuses: Collection[int] = (0,),
    ) -> None:
        """Have an actor exit, and wait for it; raises ActorDied for any other exit status.

        `ending` is what makes it exit. The status of one whose parent has ended is nobody's to see.
        """
        self.group.dismiss(actor, ending, statuses)

    def is_busy(self) -> bool:
        """Return whether a call has begun whose outcome has not been fetched."""
        return self._group is not None and self._group.is_busy

    def drop_taken(self) -> None:
        """Drop the pooled objects of this example; their bytes and locks are in unknown states."""
        self.pool.drop_taken()

    def reset(self) -> None:
        """Kill every process of this stage; the next use starts afresh."""
        if self._group is not None:
            self._group.end()
        self.pool.forget()
        self._seen.clear()

    def close(self) -> None:
        """Let the actors exit, and kill those that do not."""
        if self._group is not None:
            self._group.close()
        self.pool.forget()
