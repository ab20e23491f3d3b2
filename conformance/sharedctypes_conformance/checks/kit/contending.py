"""A row of the exclusion matrix: a holder, a contender, and every form of contention.

A contest is about one shared object. While its lock is held, attempts to acquire it return False,
calls that wait do not return, and release() by the contender raises if the lock is reentrant and
releases it if it is not; once the holder releases the lock, the contender acquires it and excludes
others in its turn. The suite orders all these steps, so none of this depends on luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...actors.runtime import calls
from ...stage.actor import Actor, Pending, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.history_in_words import describe_call
from ...stage.names import Name
from ...strategies.accesses import SAMPLES, Access, get_attribute, get_item, set_attribute, set_item
from .exclusion import Block, Hold, called, must_wait
from .observe import expect, expect_raises

Locks = tuple[str | bool, ...]

# The kinds of lock, by the columns of the matrix, each as a `Description` names it.
LOCKS: dict[str, Locks] = {
    "default": (True,),
    "Lock": ("Lock",),
    "RLock": ("RLock",),
    "own": ("OwnLock", "OwnRLock"),
}

_PLAIN = ("Lock", "OwnLock")

# What release() of a reentrant lock raises in a thread that does not own it: whether that is an
# AssertionError, clauses of the area `lock` judge.
_UNOWNED = "Exception"

# Attempts while the lock is held: arguments of `acquire`.
TRIES: tuple[tuple[Any, ...], ...] = ((False,), (True, 0.0001), (True, 0))


@dataclass(frozen=True)
class Turn:
    """A call that acquires a lock and waits for it, and the call that releases it.

    `through` is "wrapper" or "lock".
    """

    through: str
    args: tuple[Any, ...] = ()
    by_with: bool = False

    def __str__(self) -> str:
        if self.by_with:
            return f"`with {self.through}:`"
        return describe_call(Name(f"{self.through}.acquire"), self.args, {})

    def target(self, wrapper: Handle) -> Handle:
        """Return what is acquired: a wrapper, or its lock."""
        lock: Handle = wrapper if self.through == "wrapper" else called(wrapper, "get_lock")
        return lock

    def begin(self, target: Handle) -> Pending[Any]:
        """Begin to acquire it, in the actor that owns the handle."""
        actor: Actor = actor_of(target)
        if self.by_with:
            return actor.begin(calls.enter, target)
        return actor.begin(calls.call_method, target, "acquire", *self.args)

    def end(self, target: Handle) -> None:
        """Release it."""
        if self.by_with:
            actor_of(target).call(calls.leave, target)
        else:
            called(target, "release")


# With a timeout that never elapses here, acquire waits as it does without one.
TURNS = (
    Turn("wrapper"),
    Turn("wrapper", by_with=True),
    Turn("lock"),
    Turn("lock", by_with=True),
    Turn("wrapper", (True, 3600.0)),
)

# Each kind of object with its kinds of access: a read, a write, a slice read, a slice written.
ACCESSES: dict[Description, tuple[Access, ...]] = dict(
    zip(
        SAMPLES,
        (
            (get_attribute("value"), set_attribute("value", 49)),
            (get_item(1), set_item(-1, 30), get_item(slice(None)), set_item(slice(0, 2), [10, 20])),
            (
                get_attribute("value"),
                set_attribute("value", b"HELLO"),
                get_attribute("raw"),
                set_item(slice(0, 2), b"ab"),
            ),
            (get_attribute("x"), set_attribute("y", -8.0)),
            (get_item(0), set_item(1, (4.0, 5.0))),
        ),
        strict=True,
    )
)


def under(description: Description, lock: str | bool) -> Description:
    """Return the description of the same object under another lock."""
    return Description(description.maker, description.type, description.args, lock)


# All objects of the matrix, for the pool: one family inherits them.
TABLE = tuple(under(one, lock) for kinds in LOCKS.values() for lock in kinds for one in ACCESSES)


def is_reentrant(description: Description) -> bool:
    """Return whether an object of the table has a lock that its owner can acquire again."""
    return description.lock not in _PLAIN


def hold_of(description: Description, held: Handle, lock: Handle, place: int) -> Hold:
    """Return how the object at a place of its row is held: each way in turn.

    `held` and `lock` are the object and its lock as the holder sees them.
    """
    options = (lock, Block(held), held, Block(lock))
    return Hold(options[place % len(options)], 1 + place % 3 if is_reentrant(description) else 1)


@dataclass
class Contest:
    """One shared object as its holder and its contender see it.

    `held` and `lock` are the object and its lock as seen by the actor that releases the lock; `who`
    names, for messages, who holds it and who contends.
    """

    description: Description
    held: Handle
    lock: Handle
    contender: Handle
    hold: Hold
    who: str

    @property
    def what(self) -> str:
        """Who holds what, for messages."""
        times = f" {self.hold.depth} times" if self.hold.depth > 1 else ""
        return f"the lock of {self.description}, held{times} by {self.who}"

    def take(self) -> None:
        """Have the holder acquire the lock."""
        if not self.hold.acquire():
            raise NotKept(f"acquire() of {self.description} by {self.who} did not return True")

    def tries(self) -> None:
        """Expect attempts without waiting to fail, and release() to do what the lock allows."""
        self.take()
        lock = called(self.contender, "get_lock")
        for args in TRIES:
            self._expect_refused("acquire", self.contender, args)
            self._expect_refused("get_lock().acquire", lock, args)
        what = f"release() by the contender for {self.what},"
        if is_reentrant(self.description):
            for one in (self.contender, lock):
                expect_raises(partial(called, one, "release"), what, _UNOWNED)
                self._expect_refused("after release() was refused, acquire", one, (False,))
            self.hold.release()
        elif isinstance(self.hold.lock, Block):
            # A block is left by the thread that entered it.
            self.hold.release()
        else:
            expect(called(self.contender, "release"), None, what)
            self.hold.level = 0
        got = called(self.contender, "acquire", False)
        expect(got, True, f"acquire(False), after the release, of {self.what},")
        self._expect_excluded("acquire(False)")
        called(self.contender, "release")
        self._expect_free("acquire(False)")

    def turn(self, turn: Turn) -> None:
        """Expect a call that acquires the lock to wait for the holder, and then to succeed."""
        self.take()
        target = turn.target(self.contender)
        pending = turn.begin(target)
        ended = pending.settle() or pending.done()
        self.hold.release()
        got = pending.result()
        if ended:
            raise NotKept(f"{turn} did not wait for {self.what}")
        if not turn.by_with:
            expect(got, True, f"{turn} after waiting for {self.what},")
        self._expect_excluded(str(turn))
        turn.end(target)
        self._expect_free(str(turn))

    def access(self, access: Access) -> None:
        """Expect an access to wait for the holder, and then to take place."""
        must_wait(access, self.contender, self.held, self.hold, self.what)

    def _expect_refused(self, name: str, lock: Handle, args: tuple[Any, ...]) -> None:
        what = describe_call(Name(name), args, {})
        got = called(lock, "acquire", *args)
        expect(got, False, f"{what} while it has to wait for {self.what},")

    def _expect_excluded(self, by: str) -> None:
        what = f"lock.acquire(False) elsewhere, after {by} by the contender, of {self.what},"
        expect(called(self.lock, "acquire", False), False, what)

    def _expect_free(self, by: str) -> None:
        what = f"lock.acquire(False) elsewhere, after {by} and its release, of {self.what},"
        expect(called(self.lock, "acquire", False), True, what)
        called(self.lock, "release")


def contend(contests: Sequence[Contest]) -> None:
    """Have contenders make every kind of attempt on the objects of a row.

    Objects of one kind, under two kinds of lock, share the accesses among them.
    """
    for contest in contests:
        contest.tries()
    for place, turn in enumerate(TURNS):
        contests[place % len(contests)].turn(turn)
    for kind, accesses in ACCESSES.items():
        of_kind = [one for one in contests if under(one.description, True) == kind]
        for place, access in enumerate(accesses):
            of_kind[place % len(of_kind)].access(access)
