"""Locks as the threads of two processes see them, for the checks of area `lock`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import acquiring
from ...actors.runtime import calls
from ...stage.actor import Actor, Pending, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.stage import Stage
from ...strategies.lock_calls import Acquire
from .observe import expect

LOCKS: dict[str, Description] = {
    "the default lock": Description("Value", "i", (7,)),
    "Lock": Description("Value", "i", (7,), "Lock"),
    "RLock": Description("Value", "i", (7,), "RLock"),
}
REENTRANT = ("the default lock", "RLock")
PLAIN = ("Lock",)

# Whether a lock is reached by `get_lock()`, or by the methods of the wrapper.
THROUGH = st.sampled_from(["lock", "wrapper"])


# How often a clock may tick beside a call that is not to wait.
_MOST_TICKS = 5


@dataclass(frozen=True)
class View:
    """A lock as one thread sees it; `where` says in words which thread that is."""

    kind: str
    where: str
    obj: Handle

    @property
    def actor(self) -> Actor:
        """The thread."""
        actor: Actor = actor_of(self.obj)
        return actor

    @property
    def refusal(self) -> str:
        """The exception that a refused release raises.

        The documentation says so of the locks of contexts, not of a recursive lock of a backend's.
        """
        if self.kind in PLAIN:
            return "ValueError"
        is_documented = self.kind == "RLock" or self.actor.call(acquiring.is_of_context, self.obj)
        return "AssertionError" if is_documented else "Exception"

    def acquire(self, call: Acquire | None = None) -> Any:
        """Make a call of acquire, `acquire(False)` if none is given."""
        call = call or NOT_BLOCKING
        return self.actor.call(
            calls.call_method, self.obj, "acquire", *call.args, **dict(call.keywords)
        )

    def expect_refused(self, call: Acquire, what: str) -> None:
        """Raise NotKept unless a call of acquire, which is not to wait, returns False at once."""
        taken, _, ticks = self.actor.call(
            acquiring.hurried, self.obj, *call.args, **dict(call.keywords)
        )
        expect(taken, False, what)
        if ticks > _MOST_TICKS:
            raise NotKept(
                f"{what} returned when a clock of the same process had ticked {ticks} times, "
                f"{acquiring.TICK} s each, should return at once"
            )

    def begin(self, call: Acquire) -> Pending[Any]:
        """Begin a call of acquire."""
        function = calls.call_method
        return self.actor.begin(function, self.obj, "acquire", *call.args, **dict(call.keywords))

    def release(self) -> Any:
        """Call release."""
        return self.actor.call(calls.call_method, self.obj, "release")

    def take(self, times: int = 1) -> None:
        """Acquire it; no other thread may hold it."""
        for _ in range(times):
            expect(self.acquire(), True, f"acquire(False) of {self}, free or its own,")

    def finds_it_held(self, when: str) -> None:
        """Raise NotKept if this thread can acquire it."""
        expect(self.acquire(), False, f"acquire(False) of {self}, {when},")

    def finds_it_free(self, when: str) -> None:
        """Raise NotKept unless this thread can acquire it; releases it again."""
        expect(self.acquire(), True, f"acquire(False) of {self}, {when},")
        self.release()

    def __str__(self) -> str:
        return f"{self.kind} in {self.where}"


NOT_BLOCKING = Acquire((False,))


class Cast:
    """Locks of some kinds, and who uses them: two threads in the creator and two in a child."""

    def __init__(self, stage: Stage, kinds: tuple[str, ...], through: str) -> None:
        self._stage = stage
        shared = stage.pool.take_together([LOCKS[kind] for kind in kinds], list(LOCKS.values()))
        self._seen: dict[str, dict[str, Handle]] = {
            kind: {who: _reach(one.seen_by(who), through) for who in ("creator", "child")}
            for kind, one in zip(kinds, shared, strict=True)
        }

    def views(self, kind: str) -> dict[str, View]:
        """Return a lock as the main threads of the two processes see it."""
        return {who: View(kind, f"the {who}", obj) for who, obj in self._seen[kind].items()}

    def apart(self) -> Iterator[tuple[View, View]]:
        """Yield each lock as one process sees it and as the other does, in both orders."""
        for kind in self._seen:
            creator, child = self.views(kind).values()
            yield creator, child
            yield child, creator

    def together(self) -> Iterator[tuple[View, View]]:
        """Yield each lock as two threads of one process see it, in both orders."""
        for kind in self._seen:
            for who, main in self.views(kind).items():
                another = View(kind, f"another thread of the {who}", self._threads[who](main.obj))
                yield main, another
                yield another, main

    def pairs(self) -> Iterator[tuple[View, View]]:
        """Yield each lock as two threads see it, of two processes and of one."""
        yield from self.apart()
        yield from self.together()

    @cached_property
    def _threads(self) -> dict[str, Actor]:
        first = next(iter(self._seen.values()))
        return {who: self._stage.thread(actor_of(obj)) for who, obj in first.items()}


def _reach(wrapper: Handle, through: str) -> Handle:
    if through == "wrapper":
        return wrapper
    lock: Handle = wrapper.get_lock()
    return lock


def must_wait_for(call: Acquire, waits: View, releases: View, who: str) -> None:
    """Raise NotKept unless an acquire waits until `releases` releases the lock, and then succeeds.

    `who` says in words who holds it.
    """
    pending = waits.begin(call)
    ended = pending.settle() or pending.outlast()
    releases.release()
    got = pending.result()
    if ended:
        raise NotKept(f"{call} of {waits} returned {got!r} while {who} held the lock")
    expect(got, True, f"{call} of {waits}, when {who} had released the lock,")
