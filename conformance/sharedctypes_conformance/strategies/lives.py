"""Programs of many steps, over the whole life of shared objects (`oracle.life`).

Each step is chosen among those that the model says are possible: first who does it, then what kind
of step it is, and then the rest. Every second one is of a kind that has not followed the last one
of its process before, if there is one: mistakes show when two things happen in an order that nobody
had thought of. What was used last is used again more often than the rest.

In every second program, who has made an object keeps it for as long as others use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors.objects.shelf import BUFFERS, PARTS, POINTERS
from ..oracle import life
from ..oracle.life import Step, World
from ..stage.names import CType
from . import objects, values
from .decisions import Decisions
from .steps import Steps

# How many steps a program has, and how many bytes each is read from.
STEPS = 120
_BYTES = 9

# No process has more names, no more children are started, and no more bytes are in use at a time. A
# child that is spawned takes as long as a hundred steps.
_MOST_NAMES = 20
_MOST_CHILDREN = 4
_MOST_BYTES = 1 << 26

_PAGE = 4096


@dataclass(frozen=True)
class Made:
    """What is made: a type, the length of an array of it or -1, and whether it is initialized.

    `argument` is what an object is made from that is refused.
    """

    type: str
    length: int = -1
    initialized: bool = False
    argument: str | tuple[int | str, ...] = ()

    def __str__(self) -> str:
        given = "value" if self.length < 0 else f"{self.length} values"
        shown = [str(CType(self.type))]
        if self.argument:
            shown.append(repr(self.argument))
        elif self.initialized:
            shown.append(given)
        elif self.length >= 0:
            shown.append(str(self.length))
        return ", ".join(shown)


_SINGLE = (*values.SIMPLE_TYPES, *objects.FIELDS, "c_int", "c_double", "c_longlong", "c_char")
_ELEMENTS = ("c_ubyte", "c_char", "c_int", "c_double", "c_short", "c_longlong", objects.POINT)
_OTHER_ELEMENTS = (*objects.STRUCTURES, "c_wchar", "c_bool")
_SIZE_OF = {"c_int": 4, "c_double": 8, "c_short": 2, "c_longlong": 8, objects.POINT: 16}

# How often each kind of step is chosen, and how often if the program is about some of them.
_OFTEN = {
    "Value": 2,
    "Array": 2,
    "RawValue": 2,
    "RawArray": 3,
    life.COPY: 1,
    life.WRAP: 1,
    life.VIEW: 2,
    life.REFUSE: 1,
    life.WRITE: 1,
    life.ASSIGN: 2,
    life.DROP: 4,
    life.COLLECT: 1,
    life.START: 3,
    life.END: 2,
    life.FORK: 1,
    life.ACQUIRE: 2,
    life.TRY: 1,
    life.RELEASE: 2,
    life.FILE: 1,
}
_ABOUT = (
    (),
    (life.DROP, "RawArray", life.VIEW, life.REFUSE, life.COPY),
    (life.START, life.END, life.FORK, life.ASSIGN),
    (life.ACQUIRE, life.TRY, life.RELEASE, life.WRAP, "Value"),
    (life.START, life.DROP, "Array", "RawArray", life.WRITE),
    (life.DROP, life.COLLECT, life.FORK, "Value", "RawValue", life.FILE),
)
_WEIGHTS = tuple(
    tuple(
        kind
        for kind, often in _OFTEN.items()
        for _ in range(often * (4 if kind in more else 1))
    )
    for more in _ABOUT
)

_HOW = {
    life.VIEW: (*PARTS, *BUFFERS, *POINTERS),
    life.DROP: ("", "", "in a cycle"),
    life.COLLECT: ("gc.collect()", "gc.disable()", "gc.enable()"),
    life.END: (life.RETURN, life.EXIT, life.KILL),
    life.ACQUIRE: ("acquire()", life.ENTER, "acquire(False)", "get_lock().acquire()"),
    life.RELEASE: ("release()", life.LEAVE),
}
# And how, if there is nothing that can be done so.
_ELSE = {life.VIEW: "get_obj()", life.RELEASE: life.LEAVE}
_NEW_LOCKS = (life.DEFAULT, life.DEFAULT, life.LOCK, life.RLOCK, life.NO_LOCK, life.OWN_LOCK)


def lives() -> SearchStrategy[Steps]:
    """Return programs."""
    return st.integers(0, (1 << 64) - 1).map(program)


@lru_cache(maxsize=64)
def program(seed: int) -> Steps:
    """Return the program of a number; several clauses draw the same ones.

    Steps are left out of one that fails, whatever it was drawn from. So it need not become plainer
    with its number, and the first that is drawn, 0, is as rich as any.
    """
    return _Author(Decisions(Random(seed).randbytes(2 + STEPS * _BYTES))).write()


class _Author:
    """Writes a program, as some decisions say."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._world = World()
        self._bytes: dict[int, int] = {}
        self._recent: list[int] = []
        self._last: dict[int, str] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._started = 0

    def write(self) -> Steps:
        """Return the program."""
        is_loyal = self._decisions.one_of((True, False))
        weights = self._decisions.one_of(_WEIGHTS)
        steps: list[Step] = []
        who = 0
        for number in range(STEPS):
            turn = self._decisions.bytes(1)[0]
            if turn % 2 and len(self._world.processes) > 1 or who // 2 not in self._world.processes:
                who = 2 * self._decisions.one_of(sorted(self._world.processes))
            who = who // 2 * 2 + (turn % 8 == 7)
            step = self._step(number, who, weights)
            if step and not (is_loyal and self._world.would_strain(step)):
                steps.append(step)
                self._follow(step)
        return Steps(steps)

    def _follow(self, step: Step) -> None:
        self._world.carry_out(step)
        self._started += step.kind == life.START
        self._pairs.add((self._last.get(step.process, ""), step.kind))
        self._last[step.process] = step.kind
        used = step.number if step.kind in life.NEW else step.on
        if used in self._world.names:
            self._recent = [used, *(one for one in self._recent if one != used)][:4]

    def _step(self, number: int, who: int, weights: Sequence[str]) -> Step | None:
        last = self._last.get(who // 2, "")
        possible = [kind for kind in _OFTEN if self._is_possible(kind, who)]
        new = [kind for kind in possible if (last, kind) not in self._pairs]
        often = [kind for kind in weights if kind in possible]
        kind = self._decisions.one_of(new if number % 2 and new else often)
        step = self._filled_in(Step(number, kind, who))
        return step if step and self._world.allows(step) else None

    def _is_possible(self, kind: str, who: int) -> bool:
        world = self._world
        if kind in (*life.MAKERS, life.COPY, life.WRAP, life.VIEW):
            if len(world.processes[who // 2].names) >= _MOST_NAMES:
                return False
        if kind == life.START:
            return self._started < _MOST_CHILDREN
        if kind == life.END:
            return bool(world.children_of(who // 2))
        if kind in (*life.MAKERS, life.REFUSE, life.COLLECT, life.FORK, life.FILE):
            return True
        ways = _HOW[kind] if kind == life.RELEASE else (self._plain_how(kind),)
        return any(self._candidates(Step(0, kind, who, how=how)) for how in ways)

    def _plain_how(self, kind: str) -> str:
        return _HOW[kind][0] if kind in _HOW else ""

    def _candidates(self, step: Step) -> list[int]:
        """Return the names on which a step is possible."""
        names = sorted(self._world.processes[step.process].names)
        return [name for name in names if self._world.allows(step._replace(on=name))]

    def _filled_in(self, step: Step) -> Step | None:
        decisions, kind = self._decisions, step.kind
        if kind in life.MAKERS:
            lock = life.DEFAULT if kind.startswith("Raw") else self._lock(step.process)
            made = self._made(step.number, is_array=kind.endswith("Array"))
            return step._replace(how=lock, made=made)
        if kind == life.REFUSE:
            return step._replace(made=self._refused())
        if kind == life.START:
            return step._replace(on=step.number, what=self._passed_on(step.process))
        if kind == life.END:
            child = decisions.one_of(self._world.children_of(step.process))
            return step._replace(on=child, how=decisions.one_of(_HOW[kind]))
        if kind == life.FORK:
            names = sorted(self._world.processes[step.process].names)
            some = {decisions.one_of(names) for _ in range(2)} if names else set()
            makes = tuple(Made("c_ubyte", self._length(1 << 14)) for _ in range(3))
            return step._replace(what=tuple(sorted(some)), made=makes)
        if kind == life.COLLECT:
            return step._replace(how=decisions.one_of(_HOW[kind]))
        if kind == life.FILE:
            return step
        if kind == life.WRAP:
            step = step._replace(how=self._lock(step.process, NOT_FALSE))
        elif kind in _HOW:
            step = step._replace(how=decisions.one_of(_HOW[kind]))
        on = self._one_of(self._candidates(step))
        if on is None and kind in _ELSE:
            step = step._replace(how=_ELSE[kind])
            on = self._one_of(self._candidates(step))
        return None if on is None else step._replace(on=on)

    def _one_of(self, names: Sequence[int]) -> int | None:
        """Return one of some names, the more often the later it was used."""
        if not names:
            return None
        byte = self._decisions.bytes(1)[0]
        recent = [name for name in self._recent if name in names]
        return recent[0] if recent and byte % 2 else names[byte // 2 % len(names)]

    def _lock(self, process: int, kinds: Sequence[str] = _NEW_LOCKS) -> str | int:
        byte = self._decisions.bytes(1)[0]
        world = self._world
        locks = [n for n in sorted(world.processes[process].names) if world.names[n].lock >= 0]
        if byte >= 192 and locks:
            return locks[byte % len(locks)]
        return kinds[byte % len(kinds)]

    def _passed_on(self, process: int) -> tuple[int, ...]:
        mask = self._decisions.number(2) | self._decisions.number(1) << 16
        world = self._world
        names = [n for n in sorted(world.processes[process].names)]
        return tuple(
            name
            for place, name in enumerate(names)
            if world.names[name].sort != life.PART and (mask >> place & 1 or name in self._recent)
        )

    # Sizes and types.

    def _made(self, number: int, is_array: bool) -> Made:
        decisions = self._decisions
        byte = decisions.bytes(1)[0]
        if not is_array:
            self._bytes[number] = 64
            return Made(decisions.one_of(_SINGLE), initialized=byte % 3 == 1)
        if byte % 8 == 7:
            self._bytes[number] = 1024
            return Made(decisions.one_of(_OTHER_ELEMENTS), byte // 8 % 5)
        element = decisions.one_of(_ELEMENTS)
        alive = {m for p in self._world.processes for m in self._world.memories_in(p)}
        left = _MOST_BYTES - sum(self._bytes.get(memory, 0) for memory in alive)
        length = self._length(max(1, left)) // _SIZE_OF.get(element, 1)
        self._bytes[number] = length * _SIZE_OF.get(element, 1)
        return Made(element, max(1, length), initialized=byte % 3 == 1)

    def _length(self, most: int) -> int:
        """Return a size: any order of magnitude, and either side of where allocators change."""
        byte, off = self._decisions.bytes(2)
        if byte < 160:
            size = 1 << byte % 14
        elif byte < 232:
            size = _PAGE * (1 + byte % 16)
        elif byte < 252:
            size = 1 << 14 + byte % 7
        else:
            size = 1 << 21 + off % 6
        size += (off % 3 - 1) if off < 192 else off * size // 256
        return max(1, min(size, most))

    def _refused(self) -> Made:
        length = self._length(64)
        return self._decisions.one_of(
            (
                Made("c_int", argument="text"),
                Made("c_int", length, argument=(*[1] * length, "text")),
                Made(objects.POINT, argument="text"),
            )
        )


NOT_FALSE = tuple(lock for lock in _NEW_LOCKS if lock != life.NO_LOCK)
