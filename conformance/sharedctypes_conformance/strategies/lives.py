"""Programs of many steps, over the whole life of shared objects (`oracle.life`).

Each step is chosen among those that the model says are possible: first who does it, then what kind
of step it is, and then the rest. Every second one is of a kind that has not followed the last one
of its process before, if there is one: mistakes show when two things happen in an order that nobody
had thought of. What was used last is used again more often than the rest.

In every second program, who has made an object keeps it for as long as others use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..actors.objects.shelf import BUFFERS, PARTS, POINTERS
from ..oracle import life, locks
from ..oracle.life import Step, World
from ..stage.names import CType
from . import objects, values
from .steps import Steps

# How many steps a program has.
STEPS = 120

# No process has more names, no more children are started, but one in place of one that has ended,
# and no more bytes are in use at a time. A child that is spawned takes as long as a hundred steps.
_MOST_NAMES = 20
_MOST_CHILDREN = 3
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

    @property
    def size(self) -> int:
        """About how many bytes it has."""
        return abs(self.length) * _SIZE_OF.get(self.type, 1)

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


_SINGLE = (*values.SIMPLE_TYPES, *objects.FIELDS, *objects.FIELDS)
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
    life.END: 3,
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
    tuple(kind for kind, often in _OFTEN.items() for _ in range(often * (4 if kind in more else 1)))
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
_LOCKS_OF_WRAPPERS = (life.DEFAULT, life.DEFAULT, locks.LOCK, locks.RLOCK, life.OWN_LOCK)
_LOCKS = (*_LOCKS_OF_WRAPPERS, life.NO_LOCK)


def lives() -> SearchStrategy[Program]:
    """Return programs.

    Steps are left out of one that fails, whatever it was drawn from. So it need not become plainer
    with its number, and the first one that is drawn, which is always number 0, is as rich as any.
    """
    return st.integers(0, (1 << 64) - 1).map(program)


class Program(Steps):
    """Steps of which each can be done after those before it."""

    __slots__ = ()

    def part(self, steps: Iterable[Step]) -> Program:
        """Return a part of it, without the steps for which something is missing."""
        return Program(life.possible(steps))


@lru_cache(maxsize=64)
def program(number: int) -> Program:
    """Return the program of a number; several clauses draw the same ones."""
    return Program(_Author(Random(number), is_loyal=bool(number % 2)).write())  # noqa: S311


class _Author:
    """Writes a program, as chance will have it.

    Who `is_loyal` keeps what it has made as long as others use it.
    """

    def __init__(self, random: Random, is_loyal: bool) -> None:
        self._random = random
        self._world = World()
        self._is_loyal = is_loyal
        self._weights = random.choice(_WEIGHTS)
        self._kinds: dict[int, str] = {}
        self._made: dict[int, Made] = {}
        self._recent: list[int] = []
        self._last: dict[int, str] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._started = 0
        # Who drops something next, or makes something in place of what it has dropped.
        self._dropping: int | None = None
        # Who starts a child next, in place of one that has ended.
        self._succeeding: int | None = None
        self._replacing: tuple[int, int] | None = None

    def write(self) -> list[Step]:
        """Return the steps of the program."""
        steps: list[Step] = []
        who = 0
        for number in range(STEPS):
            step = self._replacement(number) or self._disloyalty(number) or self._successor(number)
            step = step or self._step(number, who := self._next(who))
            if step and not (self._is_loyal and self._world.would_strain(step)):
                steps.append(step)
                self._follow(step)
        return steps

    def _next(self, who: int) -> int:
        """Return the thread that does the next step: often of the process that did the last."""
        there = sorted(self._world.processes)
        process = who // 2
        if process not in there or self._random.random() < 0.5:
            process = self._random.choice(there)
        return 2 * process + (self._random.random() < 0.125)

    def _follow(self, step: Step) -> None:
        world = self._world
        if step.kind == life.DROP:
            self._note_drop(step)
        world.carry_out(step)
        if step.kind in (*life.MAKERS, life.COPY):
            is_copy = step.kind == life.COPY
            made = self._made[world.names[step.on].memory] if is_copy else step.made
            assert isinstance(made, Made)
            self._made[step.number] = made
            self._kinds[step.number] = "RawValue" if is_copy else step.kind
        if step.kind == life.END:
            self._succeeding = step.who
        if step.kind == life.START:
            self._started += 1
            self._dropping = None if self._is_loyal else step.who
        self._pairs.add((self._last.get(step.process, ""), step.kind))
        self._last[step.process] = step.kind
        used = step.number if step.kind in life.NEW else step.on
        if used in world.names:
            self._recent = [used, *(one for one in self._recent if one != used)][:4]

    def _note_drop(self, step: Step) -> None:
        """Often have what is dropped for good replaced at once, by something of the same size."""
        memory = self._world.names[step.on].memory
        names = self._world.processes[step.process].names - {step.on}
        is_last = all(self._world.names[name].memory != memory for name in names)
        likely = 0.9 if self._world.would_strain(step) else 0.5
        if is_last and memory in self._made and self._random.random() < likely:
            self._replacing = step.who, memory

    def _replacement(self, number: int) -> Step | None:
        replacing, self._replacing = self._replacing, None
        if replacing is None:
            return None
        who, memory = replacing
        return Step(number, self._kinds[memory], who, made=self._made[memory])

    def _disloyalty(self, number: int) -> Step | None:
        """Return a drop of something that has just been passed on."""
        who, self._dropping = self._dropping, None
        if who is None:
            return None
        step = Step(number, life.DROP, who)
        drops = [step._replace(on=name) for name in self._candidates(step)]
        disloyal = [drop for drop in drops if self._world.would_strain(drop)]
        return self._random.choice(disloyal) if disloyal else None

    def _successor(self, number: int) -> Step | None:
        """Return the start of a child in place of one that has just ended, as a pool would do."""
        who, self._succeeding = self._succeeding, None
        if who is None or self._started > _MOST_CHILDREN:
            return None
        step = self._filled_in(Step(number, life.START, who))
        return step if step and self._world.allows(step) else None

    def _step(self, number: int, who: int) -> Step | None:
        last = self._last.get(who // 2, "")
        possible = [kind for kind in _OFTEN if self._is_possible(number, kind, who)]
        new = [kind for kind in possible if (last, kind) not in self._pairs]
        often = [kind for kind in self._weights if kind in possible]
        kind = self._random.choice(new if number % 2 and new else often)
        step = self._filled_in(Step(number, kind, who))
        return step if step and self._world.allows(step) else None

    def _is_possible(self, number: int, kind: str, who: int) -> bool:
        world = self._world
        if kind in life.NEW and len(world.processes[who // 2].names) >= _MOST_NAMES:
            return False
        if kind == life.START:
            # The last one late, when much has been done.
            return self._started < _MOST_CHILDREN - (number < STEPS // 2)
        if kind == life.END:
            return self._ending(Step(0, kind, who)) is not None
        if kind in (*life.MAKERS, life.REFUSE, life.COLLECT, life.FORK, life.FILE):
            return True
        ways = _HOW[kind] if kind == life.RELEASE else _HOW.get(kind, ("",))[:1]
        return any(self._candidates(Step(0, kind, who, how=how)) for how in ways)

    def _candidates(self, step: Step) -> list[int]:
        """Return the names on which a step is possible."""
        world = self._world
        names = sorted(world.processes[step.process].names)
        if step.kind == life.COPY:
            # Of these any bytes can be copied.
            made = {name: self._made[world.names[name].memory] for name in names}
            names = [n for n in names if made[n].length < 0 and made[n].type in objects.FIELDS]
        return [name for name in names if world.allows(step._replace(on=name))]

    def _filled_in(self, step: Step) -> Step | None:
        """Return a step of this kind by this thread with the rest, None if there is none."""
        random, kind, world = self._random, step.kind, self._world
        names = sorted(world.processes[step.process].names)
        if kind in life.MAKERS:
            lock = life.DEFAULT if kind.startswith("Raw") else self._lock(names, _LOCKS)
            made = self._array() if kind.endswith("Array") else self._single()
            return step._replace(how=lock, made=made)
        if kind == life.REFUSE:
            return step._replace(made=self._refused())
        if kind == life.START:
            return step._replace(on=step.number, what=self._passed_on(step.process, names))
        if kind == life.END:
            return self._ending(step)
        if kind == life.FORK:
            makes = tuple(Made("c_ubyte", self._size(1 << 14)) for _ in range(3))
            written = random.sample(names, min(2, len(names)))
            return step._replace(what=tuple(sorted(written)), made=makes)
        if kind == life.WRAP:
            step = step._replace(how=self._lock(names, _LOCKS_OF_WRAPPERS))
        elif kind in _HOW:
            step = step._replace(how=random.choice(_HOW[kind]))
        if kind in (life.COLLECT, life.FILE):
            return step
        on = self._candidates(step)
        if not on and kind in _ELSE:
            step = step._replace(how=_ELSE[kind])
            on = self._candidates(step)
        return step._replace(on=self._one_of(step, on)) if on else None

    def _ending(self, step: Step) -> Step | None:
        """Return the end of a child: often of one whose own children go on."""
        world = self._world
        ends = [
            step._replace(on=child, how=how)
            for child in world.children_of(step.process)
            for how in _HOW[life.END]
        ]
        ends = [one for one in ends if world.allows(one)]
        ends = [one for one in ends if not (self._is_loyal and world.would_strain(one))]
        of_parents = [one for one in ends if world.children_of(one.on)]
        if of_parents and self._random.random() < 0.7:
            ends = of_parents
        return self._random.choice(ends) if ends else None

    def _one_of(self, step: Step, names: Sequence[int]) -> int:
        """Return one of some names: often the one used last, or one that others use as well."""
        recent = [name for name in self._recent if name in names][:1]
        if not self._is_loyal:
            recent += [n for n in names if self._world.would_strain(step._replace(on=n))] * 3
        return self._random.choice(recent if recent and self._random.random() < 0.5 else names)

    def _lock(self, names: Sequence[int], kinds: Sequence[str]) -> str | int:
        """Return the lock for something new: of a kind, or that of a name."""
        with_lock = [name for name in names if self._world.names[name].lock >= 0]
        is_shared = with_lock and self._random.random() < 0.25
        return self._random.choice(with_lock) if is_shared else self._random.choice(kinds)

    def _passed_on(self, process: int, names: Sequence[int]) -> tuple[int, ...]:
        """Return the names that a child is given; sometimes none that its parent has to keep."""
        world = self._world
        not_by = process if self._random.random() < 0.5 * self._is_loyal else -1
        return tuple(
            name
            for name in names
            if world.names[name].sort != life.PART
            and world.memory_of(name).maker != not_by
            and (name in self._recent or self._random.random() < 0.5)
        )

    # Sizes and types.

    def _single(self) -> Made:
        return Made(self._random.choice(_SINGLE), initialized=self._random.random() < 0.3)

    def _array(self) -> Made:
        if self._random.random() < 0.12:
            return Made(self._random.choice(_OTHER_ELEMENTS), self._random.randrange(5))
        element = self._random.choice(_ELEMENTS)
        used = {m for process in self._world.processes for m in self._world.memories_in(process)}
        left = _MOST_BYTES - sum(self._made[memory].size for memory in used & set(self._made))
        length = max(1, self._size(max(1, left)) // _SIZE_OF.get(element, 1))
        return Made(element, length, initialized=self._random.random() < 0.3)

    def _size(self, most: int) -> int:
        """Return a size: of any order of magnitude, on either side of where allocators change."""
        random = self._random
        turning_point = random.choices(
            (
                1 << random.randrange(14),
                _PAGE * random.randint(1, 16),
                1 << random.randint(14, 20),
                1 << random.randint(21, 26),
            ),
            (62, 28, 9, 1),
        )[0]
        if random.random() < 0.25:
            size = int(turning_point * random.random())
        else:
            size = turning_point + random.choice((-1, 0, 1))
        return max(1, min(size, most))

    def _refused(self) -> Made:
        length = self._size(64)
        return self._random.choice(
            (
                Made("c_int", argument="text"),
                Made("c_int", length, argument=(*[1] * length, "text")),
                Made(objects.POINT, argument="text"),
            )
        )
