"""Backends in a package that has contexts of its own, as `multiprocessing` has.

Contexts are judged for these backends only: others are used with the contexts of `multiprocessing`,
for which they cannot be blamed.
"""

from __future__ import annotations

from contextlib import suppress

from ...actors.locks import acquiring, minimal_locks
from ...actors.scenarios import transfer
from ...stage.actor import Actor, actor_of
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.handles import Handle

METHODS = ("fork", "spawn", "forkserver")


def context_of(actor: Actor, method: str | None) -> Handle:
    """Return the context for a start method, or the current one, of the backend's contexts.

    Raises Refused for a start method that the backend says it does not have.
    """
    if method is not None and method not in start_methods(actor):
        raise Refused(f"{actor.target.contexts} has no start method {method!r}")
    context: Handle = actor.call(f"{actor.target.contexts}.get_context", method)
    return context


def start_methods(actor: Actor) -> list[str]:
    """Return the start methods that the backend's contexts say they have."""
    methods: list[str] = actor.call(f"{actor.target.contexts}.get_all_start_methods")
    return methods


def expect_from_context(lock: Handle, context: Handle, whose: str) -> None:
    """Raise NotKept unless a lock is, or contains, one that a recording context returned.

    Raises Unjudged if it is of a class of the backend's own, for which no context is needed.
    """
    given = context.given
    call = actor_of(lock).call
    if not any(call(minimal_locks.are_one, lock, one) for one in given):
        if not given:
            if not call(acquiring.is_of_context, lock):
                raise Unjudged(f"the lock of {whose} is of a class of the backend's own")
            raise NotKept(f"the lock of {whose} was made without a call of its RLock()")
        raise NotKept(f"the lock of {whose} is none of the {len(given)} that its RLock() returned")


def expect_passable(context: Handle, wrappers: dict[str, Handle], whose: str) -> None:
    """Raise NotKept unless wrappers can be passed to a process of a context.

    Keys say how each was constructed. All are passed together first, and one by one only to find
    out which cannot be.
    """

    def pass_to_process(*passed: Handle) -> None:
        problem = actor_of(context).call(transfer.to_process_of, context, list(passed))
        if problem:
            raise NotKept(problem)

    with suppress(NotKept, OperationRaised):
        pass_to_process(*wrappers.values())
        return
    for made_by, wrapper in wrappers.items():
        try:
            pass_to_process(wrapper)
        except (NotKept, OperationRaised) as problem:
            message = f"{made_by} cannot be passed to a process of {whose}: {problem}"
            raise NotKept(message, *problem.causes) from None
    raise NotKept(f"{', '.join(wrappers)} cannot be passed to one process of {whose} together")
