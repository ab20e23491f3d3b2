"""Judging exclusion without a race: an access begun while its lock is held must wait.

The holder acquires the lock, the contender begins its access, the holder changes the memory behind
every wrapper and releases the lock. A correct access happens after all of that: it has not ended
before, it reads what was written meanwhile, and nothing overwrites what it writes. No clock
decides: a plain ctypes object that went through the same steps gives the expected outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...actors.runtime import calls, memory
from ...stage.actor import actor_of
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.moments import about_the_last_of
from ...strategies.accesses import Access
from .observe import Outcome, attempt, expect_same, outcome_of


@dataclass(frozen=True)
class Block:
    """A `with` block of a manager, entered and left by the methods of a lock."""

    manager: Handle

    def acquire(self) -> bool:
        """Enter the block."""
        actor_of(self.manager).call(calls.enter, self.manager)
        return True

    def release(self) -> None:
        """Leave the block."""
        actor_of(self.manager).call(calls.leave, self.manager)


def called(obj: Handle | Block | Relay, method: str, *args: Any) -> Any:
    """Call a method; of a handle, in one round trip."""
    if isinstance(obj, Handle):
        return invoke(obj, method, *args)
    return getattr(obj, method)(*args)


@dataclass(frozen=True)
class Relay:
    """A plain lock that one actor acquires and another one releases, which any may do."""

    acquires: Handle
    releases: Handle

    def acquire(self) -> bool:
        """Acquire the lock."""
        acquired: bool = called(self.acquires, "acquire")
        return acquired

    def release(self) -> None:
        """Release it elsewhere."""
        called(self.releases, "release")


@dataclass
class Hold:
    """A lock, or a block, that is acquired `depth` times and released as often.

    `acquire` does nothing if that was done already: before a child was started, perhaps.
    """

    lock: Handle | Block | Relay
    depth: int = 1
    level: int = 0

    def acquire(self) -> bool:
        """Acquire the lock up to `depth` times; return whether that succeeded."""
        while self.level < self.depth:
            if called(self.lock, "acquire") is not True:
                return False
            self.level += 1
        return True

    def release(self) -> None:
        """Release the lock as often as it is held."""
        while self.level:
            self.level -= 1
            called(self.lock, "release")


def must_wait(
    access: Access,
    contender: Handle,
    holder: Handle,
    lock: Handle | Block | Hold,
    who: str,
    acquired_through: Handle | Hold | None = None,
) -> None:
    """Raise NotKept unless an access through `contender` waits for `lock`.

    `contender` and `holder` are one shared object, as seen by the actor that makes the access and
    by the one that releases `lock`; `who` says in words who holds what. `acquired_through` is the
    lock as seen by the actor that acquires it, if that is another one.
    """
    held_by = actor_of(holder)
    raw = called(holder, "get_obj")
    before = held_by.call(memory.contents, raw)[1]
    meanwhile = bytes(byte ^ 1 for byte in before)
    twin = held_by.call(memory.blank_like, raw)
    held_by.call(memory.fill, twin, meanwhile)
    acquired = (lock if acquired_through is None else acquired_through).acquire()
    if acquired is not True:
        raise NotKept(f"acquire() did not return True for {who}")
    pending = access.begin(contender)
    ended = pending.settle() or pending.outlast()
    held_by.call(memory.fill, raw, meanwhile)
    ended = ended or pending.done()
    lock.release()
    got = attempt(pending.result)
    with about_the_last_of(held_by.history):
        wanted = attempt(lambda: access.carry_out(twin))
        _expect_waited(access, got, wanted, raw, twin, ended, who)


def _expect_waited(
    access: Access,
    got: Outcome,
    wanted: Outcome,
    raw: Handle,
    twin: Handle,
    ended: bool,
    who: str,
) -> None:
    if got.how == "raised" and wanted.how != "raised":
        # An access that cannot be made at all has not shown that it does not wait.
        what = f"{access.on('wrapper')}, begun when it had to wait for {who},"
        expect_same(got, wanted, what)
    if ended:
        raise NotKept(f"{access.on('wrapper')} did not wait for {who}", access.unlocked)
    expect_same(got, wanted, f"{access.on('wrapper')} after waiting for {who}")
    expect_same(outcome_of(raw), outcome_of(twin), f"memory after {access.on('wrapper')}")
