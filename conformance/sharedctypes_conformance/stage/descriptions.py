"""Descriptions of shared objects: all that is needed to construct one.

A check draws a description and has it created in an actor, or takes an object from the pool that
was created by it. An example can be shown, shrunk and repeated without any object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..actors.locks import minimal_locks
from .actor import Actor
from .findings import OperationRaised, Refused
from .names import CType

_OF_CONTEXTS = ("Lock", "RLock")
# Locks of a user's own: classes of the actors.
_LOCKS = {one.__name__: one for one in (minimal_locks.OwnLock, minimal_locks.OwnRLock)}


@dataclass(frozen=True)
class Description:
    """A shared object: the function that constructs it, its type, arguments and lock.

    `maker` is Value, Array, RawValue or RawArray; `lock` is "Lock" or "RLock" for a new one of
    these, or the name of a class in `actors.locks`, None or False for themselves, and True for no
    argument, which is the default.
    """

    maker: str
    type: str | CType
    args: tuple[Any, ...] = ()
    lock: str | bool | None = True

    def __repr__(self) -> str:
        parts = [str(self.type) if isinstance(self.type, CType) else repr(self.type)]
        parts += map(repr, self.args)
        if self.lock is not True:
            parts.append(
                f"lock={self.lock}()" if isinstance(self.lock, str) else f"lock={self.lock}"
            )
        return f"{self.maker}({', '.join(parts)})"

    @property
    def is_raw(self) -> bool:
        """Whether the object has no wrapper."""
        return self.maker.startswith("Raw") or self.lock is False

    @property
    def raw(self) -> Description:
        """The description of the same object without a wrapper."""
        maker = self.maker if self.maker.startswith("Raw") else f"Raw{self.maker}"
        return Description(maker, self.type, self.args)

    def create(self, actor: Actor) -> Any:
        """Create the object in an actor and return its handle."""
        return self.create_under(self.new_lock(actor), actor)

    def create_or_refuse(self, actor: Actor) -> Any:
        """Do the same if other clauses judge whether it can be constructed: raises Refused."""
        try:
            return self.create(actor)
        except OperationRaised as raised:
            raise Refused(str(raised)) from None

    def new_lock(self, actor: Actor) -> Any:
        """Create the lock for it in an actor, if it needs one; return the argument for `lock`."""
        if not isinstance(self.lock, str):
            return self.lock
        if self.lock in _OF_CONTEXTS:
            return getattr(actor, self.lock)()
        return actor.make(_LOCKS[self.lock])

    def create_under(self, lock: Any, actor: Actor) -> Any:
        """Create the object with what `new_lock` returned and return its handle."""
        keywords = {} if lock is True else {"lock": lock}
        return getattr(actor, self.maker)(self.type, *self.args, **keywords)
