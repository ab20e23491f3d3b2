"""Judging exclusion without a race: an access begun while its lock is held must not happen.

The holder takes the lock, the contender begins its access, the holder changes the memory past every
wrapper and gives the lock back. A correct access comes after all of that: it has not ended before,
it reads what was written meanwhile, and what it writes is the last word. No clock decides: a plain
ctypes object that lived through the same says what had to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...actors.runtime import calls, memory
from ...stage.actor import actor_of
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...strategies.accesses import Access
from .observe import attempt, expect_same, outcome_of


@dataclass(frozen=True)
class Block:
    """A `with` block of a manager, taken and left as a lock is."""

    manager: Handle

    def acquire(self) -> bool:
        """Begin the block."""
        actor_of(self.manager).call(calls.enter, self.manager)
        return True

    def release(self) -> None:
        """Leave the block."""
        actor_of(self.manager).call(calls.leave, self.manager)


def called(obj: Handle | Block | Relay, method: str, *args: Any) -> Any:
    """Call a method in one round trip, where there is one to make."""
    if isinstance(obj, Handle):
        return invoke(obj, method, *args)
    return getattr(obj, method)(*args)


@dataclass(frozen=True)
class Relay:
    """A plain lock that one actor takes and another one gives back, which any may do."""

    taken: Handle
    given_back: Handle

    def acquire(self) -> bool:
        """Take the lock."""
        taken: bool = called(self.taken, "acquire")
        return taken

    def release(self) -> None:
        """Give it back elsewhere."""
        called(self.given_back, "release")


@dataclass
class Hold:
    """A lock, or a block, that is taken `depth` times and given back as often.

    `acquire` does nothing where it was taken already: before a child was started, perhaps.
    """

    lock: Handle | Block | Relay
    depth: int = 1
    level: int = 0

    def acquire(self) -> bool:
        """Take what is not taken yet; return whether all was had."""
        while self.level < self.depth:
            if called(self.lock, "acquire") is not True:
                return False
            self.level += 1
        return True

    def release(self) -> None:
        """Give back all that was taken."""
        while self.level:
            self.level -= 1
            called(self.lock, "release")


def must_wait(
    access: Access,
    contender: Handle,
    holder: Handle,
    lock: Handle | Block | Hold,
    who: str,
    taken_through: Handle | Hold | None = None,
) -> None:
    """Raise NotKept unless an access through `contender` waits for `lock`.

    `contender` and `holder` are one shared object, as seen by the actor that makes the access and
    by the one that gives `lock` back; `who` says in words who holds what. `taken_through` is the
    lock as seen by the actor that takes it, if that is another one.
    """
    held_by = actor_of(holder)
    raw = called(holder, "get_obj")
    before = held_by.call(memory.contents, raw)[1]
    meanwhile = bytes(byte ^ 1 for byte in before)
    twin = held_by.call(memory.blank_like, raw)
    held_by.call(memory.fill, twin, meanwhile)
    taken = (lock if taken_through is None else taken_through).acquire()
    if taken is not True:
        raise NotKept(f"acquire() did not return True for {who}")
    pending = access.begin(contender)
    ended = pending.settle()
    held_by.call(memory.fill, raw, meanwhile)
    ended = ended or pending.done()
    lock.release()
    got = attempt(pending.result)
    if ended:
        raise NotKept(f"{access.on('wrapper')} did not wait for {who}")
    wanted = attempt(lambda: access.carry_out(twin))
    expect_same(got, wanted, f"{access.on('wrapper')} after waiting for {who}")
    expect_same(outcome_of(raw), outcome_of(twin), f"memory after {access.on('wrapper')}")
