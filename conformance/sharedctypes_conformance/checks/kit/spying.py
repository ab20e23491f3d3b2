"""Spies as locks, and the method that replaces them where a backend refuses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...actors.locks import spies
from ...stage.descriptions import Description
from ...stage.findings import OperationRaised, Unjudged
from ...stage.handles import Handle
from ...stage.means import SPIES, WAITING_NOT_SPIES
from ...stage.stage import Stage
from ...strategies.accesses import Access
from .exclusion import must_wait
from .observe import expect


class Spied(NamedTuple):
    """A raw object, its wrapper and the spy that is the wrapper's lock."""

    raw: Handle
    wrapper: Handle
    spy: Handle


def by_spies_or_waiting(
    stage: Stage,
    description: Description,
    spied: Callable[[Handle, Handle, Handle], None],
    waiting: Callable[[], None],
) -> None:
    """Judge an object under a spy or, where the backend takes no lock but its own, by waiting.

    `spied` is called with the raw object, its wrapper and the spy. Which of the two is
    recorded as the means of the verdict.
    """
    try:
        raw, wrapper, spy = under_a_spy(stage, description)
    except Unjudged:
        stage.record_means(WAITING_NOT_SPIES)
        waiting()
    else:
        spied(raw, wrapper, spy)


def under_a_spy(
    stage: Stage,
    description: Description,
    kind: type = spies.SpyLock,
) -> Spied:
    """Return an object under a spy; raises Unjudged where the backend takes no lock but its own."""
    creator = stage.creator
    raw = description.raw.create(creator)
    spy = creator.make(kind)
    try:
        wrapper = creator.synchronized(raw, spy)
    except OperationRaised as refusal:
        raise Unjudged(f"the backend takes no lock but its own: {refusal}") from None
    stage.record_means(SPIES)
    return Spied(raw, wrapper, spy)


def wait_instead(stage: Stage, description: Description, *accesses: Access) -> None:
    """Raise NotKept unless accesses wait for a thread that holds the lock, and then leave it free.

    The lock is a plain one: an access that acquires it twice never returns. Threads wait, not
    processes, because not every object that can be accessed can be passed to a child.
    """
    creator = stage.creator
    lock = creator.Lock()
    wrapper = creator.synchronized(description.raw.create(creator), lock)
    thread = stage.thread(creator)
    who = f"the lock of {description}, held by another thread"
    for access in accesses:
        must_wait(access, thread(wrapper), wrapper, lock, who)
        expect(lock.acquire(False), True, f"lock.acquire(False) after {access.on(description)}")
        lock.release()
