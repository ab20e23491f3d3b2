"""What locks do to threads: who holds one, how deep, who waits, and which outcomes a call can have.

A `World` is one state that everything may be in. A call begins in it, takes place at some moment
(`carry_out`), and its outcome is seen later: of two threads that wait for a lock, nobody can tell
which one acquires it. So there are several worlds after a release, and each outcome that is seen
leaves those in which it is possible. Where none is left, something happened that locks do not
allow.

The rules are those of the documentation on `Lock` and `RLock`: a Lock has no owner, anybody
releases it, and its own holder waits for it; an RLock is owned by its thread, which may acquire it
again and has to release it as often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

# The kinds of locks. A default lock is an RLock.
LOCK, RLOCK = "Lock", "RLock"

# What a thread can do. The first three acquire a lock: waiting as long as it takes, not at all, or
# for a timeout that elapses. A read or write is guarded by its object's lock, a poke by none.
WAIT, TRY, EXPIRE, RELEASE, READ, WRITE, POKE = (
    "wait",
    "try",
    "expire",
    "release",
    "read",
    "write",
    "poke",
)
ACQUIRING = (WAIT, TRY, EXPIRE)

# What a refused release raises here: of which class, the documentation says, but that is no rule of
# who holds a lock, and other clauses judge it.
REFUSAL = "Exception"

# No thread acquires an RLock more often than this.
DEEPEST = 3

Outcome = tuple[str, Any]


class Call(NamedTuple):
    """What a thread does: `on` is the number of a lock, or of an object for the last three verbs.

    `value` is what is written, 0 where nothing is.
    """

    verb: str
    on: int
    value: int = 0


class Setting(NamedTuple):
    """What does not change: each lock's kind, each object's lock, and each thread's process."""

    kinds: tuple[str, ...]
    lock_of: tuple[int, ...]
    process_of: tuple[int, ...]


class World(NamedTuple):
    """One state: each lock's holder and depth, each object's value, each thread's call.

    A call has its outcome once it has taken place; a thread that does nothing has None.
    """

    holders: tuple[tuple[int, int] | None, ...]
    values: tuple[int, ...]
    calls: tuple[tuple[Call, Outcome | None] | None, ...]


def beginning(setting: Setting) -> World:
    """Return the world in which nothing has happened."""
    return World(
        (None,) * len(setting.kinds),
        (0,) * len(setting.lock_of),
        (None,) * len(setting.process_of),
    )


def lock_of(setting: Setting, call: Call) -> int:
    """Return the number of the lock that a call is about."""
    return setting.lock_of[call.on] if call.verb in (READ, WRITE, POKE) else call.on


def begin(world: World, thread: int, call: Call) -> World:
    """Return the world in which an idle thread has begun a call."""
    return world._replace(calls=_put(world.calls, thread, (call, None)))


def carry_out(setting: Setting, world: World, thread: int) -> World | None:
    """Return the world after a thread's call has taken place; None while it has to wait."""
    begun = world.calls[thread]
    assert begun is not None
    call = begun[0]
    number = lock_of(setting, call)
    holder = world.holders[number]
    reentrant = setting.kinds[number] == RLOCK
    own = reentrant and holder is not None and holder[0] == thread
    if call.verb == POKE:
        return _done(world, thread, None)._replace(values=_put(world.values, call.on, call.value))
    if call.verb == RELEASE:
        if holder is None or (reentrant and not own):
            return _done(world, thread, None, raising=REFUSAL)
        left = (thread, holder[1] - 1) if holder[1] > 1 else None
        return _done(world, thread, None)._replace(holders=_put(world.holders, number, left))
    if holder is not None and not own:
        return _done(world, thread, False) if call.verb in (TRY, EXPIRE) else None
    if call.verb == READ:
        return _done(world, thread, world.values[call.on])
    if call.verb == WRITE:
        return _done(world, thread, None)._replace(values=_put(world.values, call.on, call.value))
    held = (thread, holder[1] + 1 if holder else 1)
    return _done(world, thread, True)._replace(holders=_put(world.holders, number, held))


def outcomes(setting: Setting, worlds: Iterable[World]) -> set[World]:
    """Return the worlds that can be when all calls that can take place have, in any order."""
    settled: set[World] = set()
    open_ends = list(worlds)
    while open_ends:
        world = open_ends.pop()
        followers = list(_followers(setting, world))
        if followers:
            open_ends += followers
        else:
            settled.add(world)
    return settled


def _followers(setting: Setting, world: World) -> Iterator[World]:
    for thread, begun in enumerate(world.calls):
        if begun is not None and begun[1] is None:
            after = carry_out(setting, world, thread)
            if after is not None:
                yield after


def seen(worlds: Iterable[World], thread: int, outcome: Outcome) -> set[World]:
    """Return the worlds in which a thread's call had this outcome, now that it has been seen."""
    return {
        world._replace(calls=_put(world.calls, thread, None))
        for world in worlds
        if (begun := world.calls[thread]) is not None and begun[1] == outcome
    }


def waiting(world: World) -> list[int]:
    """Return the threads whose calls have begun and not taken place."""
    return [n for n, begun in enumerate(world.calls) if begun is not None and begun[1] is None]


def ends_well(setting: Setting, world: World) -> bool:
    """Return whether the threads that can act can let all others go on."""
    active = {n for n, begun in enumerate(world.calls) if begun is None or begun[1] is not None}
    stuck = set(waiting(world))
    while stuck and active:
        released = {thread for thread in stuck if _can_go_on(setting, world, thread, active)}
        if not released:
            return False
        stuck -= released
        active |= released
    return not stuck


def _can_go_on(setting: Setting, world: World, thread: int, active: set[int]) -> bool:
    begun = world.calls[thread]
    assert begun is not None
    number = lock_of(setting, begun[0])
    holder = world.holders[number]
    return setting.kinds[number] == LOCK or holder is None or holder[0] in active


# What there is to cover: each kind of call in each kind of state.

_FREE, _OWN, _DEEPER, _THREADS, _PROCESSES = (
    "free",
    "its own",
    "its own, acquired twice",
    "another thread's",
    "another process'",
)


def transition(setting: Setting, world: World, thread: int, call: Call) -> str:
    """Return what kind of step it is for a thread to begin a call: the verb, and whose lock."""
    number = lock_of(setting, call)
    held = (
        f"{call.verb} while a {setting.kinds[number]} is {_whose(setting, world, thread, number)}"
    )
    if call.verb != RELEASE or world.holders[number] is None:
        return held
    wanted = any(
        begun is not None and begun[1] is None and lock_of(setting, begun[0]) == number
        for begun in world.calls
    )
    return f"{held}, waited for" if wanted else held


def end_of_waiting(setting: Setting, call: Call) -> str:
    """Return the kind of the step in which a call returns that had to wait."""
    return f"{call.verb} has waited for a {setting.kinds[lock_of(setting, call)]}"


def _whose(setting: Setting, world: World, thread: int, number: int) -> str:
    holder = world.holders[number]
    if holder is None:
        return _FREE
    if holder[0] == thread:
        return _DEEPER if holder[1] > 1 else _OWN
    same = setting.process_of[holder[0]] == setting.process_of[thread]
    return _THREADS if same else _PROCESSES


def transitions(kind: str) -> set[str]:
    """Return every kind of step that there is with a kind of lock, but for pokes."""
    states = [_FREE, _OWN, _THREADS, _PROCESSES] + [_DEEPER] * (kind == RLOCK)
    names = {
        f"{verb} while a {kind} is {whose}"
        for verb in (*ACQUIRING, RELEASE, READ, WRITE)
        for whose in states
    }
    names |= {
        f"{RELEASE} while a {kind} is {whose}, waited for" for whose in states if whose != _FREE
    }
    return names | {f"{verb} has waited for a {kind}" for verb in (WAIT, READ, WRITE)}


def _done(world: World, thread: int, value: Any, raising: str = "") -> World:
    begun = world.calls[thread]
    assert begun is not None
    outcome = ("raised", raising) if raising else ("returned", value)
    return world._replace(calls=_put(world.calls, thread, (begun[0], outcome)))


def _put(items: tuple[Any, ...], place: int, item: Any) -> tuple[Any, ...]:
    return (*items[:place], item, *items[place + 1 :])
