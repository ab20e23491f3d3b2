"""Interleavings: what several threads of several processes do with locks, one step after another.

Each step is chosen by what the model of locks (`oracle.locks`) says of the state before it: first
the kind of step (`transition`), then one step of that kind, then one of its spellings. So a kind
with few steps is drawn as often as the others, and every second step is of a kind that has not
occurred in the interleaving, while there is one. Where two threads wait for one lock, a step is
chosen as if the first of them would acquire it. If the other one does, a step may belong to a
thread that still waits, and is skipped.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from hypothesis.strategies import SearchStrategy

from ..oracle import locks
from ..oracle.locks import Call, Setting, World
from .decisions import Decisions, read_from
from .steps import Steps

# How many steps an interleaving has, and how many bytes each is read from.
STEPS = 80
_BYTES = 4

# A timeout that is meant to elapse, and one that is not, in seconds.
_SOON, _LATE = 0.0001, 3600.0


class Spelling(NamedTuple):
    """How a step is written in code: a method with its arguments, or a block entered or left."""

    name: str
    args: tuple[Any, ...] = ()
    keywords: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        if self.name == "leave":
            return "leave by an exception" if self.args else "leave"
        given = [*map(repr, self.args), *(f"{name}={value!r}" for name, value in self.keywords)]
        return f"acquire({', '.join(given)})" if self.name == "acquire" else self.name

    @property
    def enters(self) -> bool:
        """Whether it enters a block."""
        return self.name in ("with", "stack")


def _acquire(*args: Any, **keywords: Any) -> Spelling:
    return Spelling("acquire", args, tuple(keywords.items()))


SPELLINGS: dict[str, tuple[Spelling, ...]] = {
    # As many blocks as calls, so that they are nested often enough.
    locks.WAIT: (
        *(_acquire(), Spelling("with"), Spelling("stack")) * 2,
        *(Spelling("with"), Spelling("stack")) * 2,
        _acquire(True),
        _acquire(block=True),
        _acquire(True, None),
        _acquire(timeout=None),
        _acquire(True, _LATE),
        _acquire(block=True, timeout=int(_LATE)),
    ),
    locks.TRY: (
        _acquire(False),
        _acquire(block=False),
        _acquire(True, 0),
        _acquire(timeout=0.0),
        _acquire(True, -1),
        _acquire(timeout=-0.5),
        _acquire(False, None),
        _acquire(False, timeout=_LATE),
    ),
    locks.EXPIRE: (
        _acquire(True, _SOON),
        _acquire(timeout=_SOON),
        _acquire(block=True, timeout=2 * _SOON),
    ),
    locks.RELEASE: (Spelling("release"), Spelling("leave"), Spelling("leave", (True,))),
    locks.READ: (Spelling("read"),),
    locks.WRITE: (Spelling("write"),),
    locks.POKE: (Spelling("poke"),),
}


INSIDE, INSIDE_ANOTHER = "a block inside one of the same lock", "a block inside one of another lock"


def spellings_of(setting: Setting) -> set[str]:
    """Return the names, for coverage, of all spellings that the steps of a setting can have."""
    written = {str(spelling) for spellings in SPELLINGS.values() for spelling in spellings}
    through = {f"{name} through the {what}" for name in THROUGH for what in ("wrapper", "lock")}
    nested = {INSIDE_ANOTHER} | ({INSIDE} if locks.RLOCK in setting.kinds else set())
    return (written - {"read", "write", "poke"}) | through | nested


THROUGH = ("acquire", "release", "with", "stack")


class Step(NamedTuple):
    """One step: the thread, its call and the spelling.

    `through` chooses among the lock itself and the wrappers that have it, for calls of a lock.
    """

    thread: int
    call: Call
    spelling: Spelling
    through: int = 0

    def __str__(self) -> str:
        verb, on, value = self.call
        about = "object" if verb in (locks.READ, locks.WRITE, locks.POKE) else "lock"
        written = f" = {value}" if value else ""
        return f"thread {self.thread + 1}: {self.spelling} {about} {on + 1}{written}"


def interleavings(setting: Setting) -> SearchStrategy[Steps]:
    """Return interleavings of the threads of a setting."""

    def read(decisions: Decisions) -> Steps:
        world = locks.beginning(setting)
        steps: list[Step] = []
        chosen: set[str] = set()
        for place in range(STEPS):
            kinds = _choices(setting, _without_values(world))
            new = [kind for kind in kinds if kind not in chosen]
            kind = decisions.one_of((new or list(kinds)) if place % 2 else list(kinds))
            chosen.add(kind)
            # A thread does several steps in a row, which can be sent to it as one batch.
            last = steps[-1].thread if place % 3 else None
            same = [each for each in kinds[kind] if steps and each[0] == last]
            thread, call = decisions.one_of(same or kinds[kind])
            if call.verb in (locks.WRITE, locks.POKE):
                call = call._replace(value=place + 1)
            spelling = decisions.one_of(SPELLINGS[call.verb])
            steps.append(Step(thread, call, spelling, decisions.bytes(1)[0]))
            world = _after(setting, locks.begin(world, thread, call))
        return Steps(steps)

    return read_from(read, STEPS * _BYTES)


def is_possible(setting: Setting, world: World, thread: int, call: Call) -> bool:
    """Return whether a thread may begin a call without causing a deadlock."""
    if world.calls[thread] is not None:
        return False
    holder = world.holders[locks.lock_of(setting, call)]
    if call.verb in locks.ACQUIRING and holder == (thread, locks.DEEPEST):
        return False
    # A thread that need not wait can act, and release what others wait for, as before.
    begun = locks.begin(world, thread, call)
    return locks.carry_out(setting, begun, thread) is not None or locks.ends_well(setting, begun)


@lru_cache(maxsize=1 << 14)
def _choices(setting: Setting, world: World) -> dict[str, list[tuple[int, Call]]]:
    """Return the steps that are possible in a world, by kind."""
    calls = [
        Call(verb, lock)
        for verb in (*locks.ACQUIRING, locks.RELEASE)
        for lock in range(len(setting.kinds))
    ]
    calls += [
        Call(verb, obj)
        for verb in (locks.READ, locks.WRITE, locks.POKE)
        for obj in range(len(setting.lock_of))
    ]
    kinds: dict[str, list[tuple[int, Call]]] = {}
    for thread in range(len(setting.process_of)):
        for call in calls:
            if is_possible(setting, world, thread, call):
                name = locks.transition(setting, world, thread, call)
                if call.verb == locks.POKE:
                    name = locks.POKE
                kinds.setdefault(name, []).append((thread, call))
    return dict(sorted(kinds.items()))


def _without_values(world: World) -> World:
    calls = tuple(None if one is None else (one[0]._replace(value=0), None) for one in world.calls)
    return World(world.holders, (0,) * len(world.values), calls)


def _after(setting: Setting, world: World) -> World:
    """Return the world after every call that can complete, the first thread first."""
    going_on = True
    while going_on:
        going_on = False
        for thread in locks.waiting(world):
            after = locks.carry_out(setting, world, thread)
            if after is not None:
                calls = list(after.calls)
                calls[thread] = None
                world, going_on = after._replace(calls=tuple(calls)), True
                break
    return world
