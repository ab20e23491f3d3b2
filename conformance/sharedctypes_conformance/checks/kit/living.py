"""Living through a program: each step is done by its thread, and all that anybody has is looked at.

Several steps of one thread go to it as one call, which looks at everything in its process after
each. Every other process looks when one starts or ends, and in the end, when each lock is tried by
each process that has it.
"""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ...actors.objects.belongings import RAISED
from ...actors.runtime import processes
from ...actors.scenarios import lives
from ...oracle import life, locks
from ...oracle.life import CREATOR, Step, World
from ...stage.actor import Actor
from ...stage.findings import Finding, NotKept, OperationRaised
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.operations import Operation, Told
from ...stage.stage import Stage
from ...strategies.lives import Made, Program

# After so many steps every process looks at what it has.
_OFTEN = 20

# What a forkserver may say of a process that did not get to tell it how it ended, whether a signal
# ended it or it exited at once: no promise about shared objects is broken by that.
_UNTOLD = 255

_ENDINGS: dict[object, tuple[Callable[[Actor], object], tuple[int, ...]]] = {
    life.RETURN: (Actor.say_goodbye, (0,)),
    life.EXIT: (lambda actor: actor.begin("os._exit", 0), (0, _UNTOLD)),
    life.KILL: (
        lambda actor: actor.begin(processes.kill_itself),
        (-signal.SIGKILL, _UNTOLD),
    ),
}


@dataclass(frozen=True)
class Lived:
    """How a program went: which promise was broken, if any, how, and what had been covered.

    `strained` is whether somebody had let go of what it had made while others used it.
    """

    covered: Counter[str]
    broken: str = ""
    finding: Finding | None = None
    strained: bool = False


def live(stage: Stage, steps: Program) -> Lived:
    """Live through a program, in processes of its own; the same one only once."""
    return stage.once(("program", steps), lambda: _live(stage, steps))


def _live(stage: Stage, steps: Program) -> Lived:
    covered: Counter[str] = Counter()
    world = World()
    try:
        with stage.fresh() as own:
            Living(own, world, covered).through(steps)
    except Broken as broken:
        return Lived(covered, broken.promise, broken.finding, world.is_strained)
    except Finding as finding:
        return Lived(covered, RAISED, finding, world.is_strained)
    return Lived(covered)


class Broken(Exception):
    """A promise was broken: which one, and how."""

    def __init__(self, promise: str, finding: Finding) -> None:
        self.promise = promise
        self.finding = finding
        super().__init__(promise)


@dataclass
class _Batch:
    """Steps of one thread, and what was written last to all that its process had before them."""

    who: int
    written: dict[int, int]
    steps: list[Step] = field(default_factory=list)
    operations: list[tuple[Any, ...]] = field(default_factory=list)


class Living:
    """The processes of a program, and the world in which they are according to the model.

    What its steps cover is added to `covered`.
    """

    def __init__(self, stage: Stage, world: World, covered: Counter[str]) -> None:
        self._stage = stage
        self._world = world
        self._actors: dict[int, Actor] = {2 * CREATOR: stage.creator}
        self._batch: _Batch | None = None
        self._made: dict[int, Step] = {}
        self._last: dict[int, str] = {}
        self._covered = covered
        # What has been done, and looked at.
        self._past: list[Step] = []

    def through(self, steps: Program) -> None:
        """Do the steps that are possible, and end all that they have begun; raises a finding."""
        for step in steps:
            self._do(step)
            if step.number % _OFTEN == _OFTEN - 1:
                self._look_everywhere()
        self._end()

    # Steps.

    def _do(self, step: Step) -> None:
        if not self._world.allows(step):
            return
        if step.kind == life.START:
            self._start(step)
            return
        self._count(step)
        if step.kind == life.END:
            self._let_end(step)
            return
        if not self._world.is_strained and self._world.would_strain(step):
            # What is wrong by now has another cause.
            self._look_everywhere(at_all=True)
        if self._batch and self._batch.who != step.who:
            self._flush()
        if self._batch is None:
            self._batch = _Batch(step.who, self._world.memories_in(step.process))
        if step.kind in life.NEW:
            self._made[step.number] = step
        self._batch.steps.append(step)
        self._batch.operations.append(self._operation(step))
        self._world.carry_out(step)

    def _count(self, step: Step) -> None:
        last, self._last[step.process] = self._last.get(step.process, ""), step.kind
        self._covered.update(life.covered_by(last, step.kind, step.process))

    def _operation(self, step: Step) -> tuple[Any, ...]:
        backend = self._stage.backend_function
        match step.kind:
            case "Value" | "Array" | "RawValue" | "RawArray":
                made = step.made
                assert isinstance(made, Made)
                lock = "" if step.kind.startswith("Raw") else step.how
                return (
                    *("make", step.number, backend(step.kind), CType(made.type)),
                    *(made.length, lock, made.initialized),
                )
            case "refuse":
                made = step.made
                assert isinstance(made, Made)
                maker = "RawValue" if made.length < 0 else "RawArray"
                return "refuse", backend(maker), CType(made.type), _plain(made.argument)
            case "copy":
                return "copy", step.number, step.on, backend("copy")
            case "synchronized":
                return "synchronized", step.number, step.on, backend("synchronized"), step.how
            case "view":
                return "view", step.number, step.on, step.how
            case "write" | "assign":
                return step.kind, step.on, step.number
            case "fork":
                assert isinstance(step.made, tuple)
                makes = [(backend("RawArray"), CType(one.type), one.length) for one in step.made]
                return "fork", step.number, step.what, makes
            case "drop" | "acquire" | "release":
                return step.kind, step.on, step.how
            case "try":
                return "try", step.on
            case "collect":
                return "collect", step.how
        return "file", step.number

    def _flush(self, at_all: bool = False) -> None:
        batch, self._batch = self._batch, None
        if batch:
            self._play(batch, at_all)

    def _play(self, batch: _Batch, at_all: bool) -> None:
        actor, operations = self._actor(batch.who), batch.operations
        if batch.steps:
            told = Told("; ".join(str(step).partition(": ")[2] for step in batch.steps))
            played = actor.call_as(told, lives.play, operations, batch.written, at_all)
        else:
            with self._stage.history.paused(aside=False):
                played = actor.call(lives.play, operations, batch.written, at_all)
        if played.wrong:
            self._report(batch, played)
        self._past += batch.steps

    def _report(self, batch: _Batch, played: lives.Played) -> NoReturn:
        past = [*self._past, *batch.steps[: played.done + 1]]
        who, when = self._actor(batch.who).name, past[-1] if past else "the beginning"
        finding: Finding
        if played.wrong == RAISED and played.classes:
            finding = OperationRaised(str(when), tuple(played.classes), played.text)
        else:
            finding = NotKept(f"in {who}, after {when}: {self._in_words(played.text)}")
        finding.suspects = Program(life.possible(_suspects(past, self._world, played.text)))
        raise Broken(played.wrong, finding)

    def _in_words(self, text: str) -> str:
        """Return a text with what the first object in it was made by."""
        for number, step in self._made.items():
            if f"o{number} " in text or f"o{number}," in text:
                return f"{text}; {str(step).partition(': ')[2]}"
        return text

    def _look_everywhere(self, at_all: bool = False) -> None:
        self._flush()
        for process in sorted(self._world.processes):
            self._play(_Batch(2 * process, self._world.memories_in(process)), at_all)

    # Processes.

    def _actor(self, who: int) -> Actor:
        if who not in self._actors:
            with self._stage.history.paused(aside=False):
                self._actors[who] = thread = self._stage.thread(self._actors[who - 1])
            thread.name = life.name_of_thread(who)
        return self._actors[who]

    def _start(self, step: Step) -> None:
        self._look_everywhere()
        self._count(step)
        parent, number = self._actor(step.who), 2 * step.on
        name = life.name_of_thread(number)
        memories = [(name, self._world.names[name].memory) for name in step.what]
        history = self._stage.history
        with history.paused(aside=False):
            bag: Handle = parent.make(lives.pack, list(step.what))
            try:
                child = self._stage.start(bag, parent=parent, name=name)
            except OperationRaised as raised:
                raise Broken(
                    RAISED, OperationRaised(str(step), raised.names, raised.text)
                ) from None
            self._actors[number] = child
            child.call(lives.unpack, child(bag), memories)
            parent.call(lives.empty, bag)
        self._tell(step)
        self._play(_Batch(number, self._world.memories_in(step.on)), False)

    def _tell(self, step: Step) -> None:
        """Add a step that has been done to the history."""
        self._past.append(step)
        self._world.carry_out(step)
        action = Told(str(step).partition(": ")[2])
        done = Operation(life.name_of_thread(step.who), action, outcome=("returned", None, None))
        self._stage.history.add(done)

    def _let_end(self, step: Step) -> None:
        self._look_everywhere()
        self._dismiss(step.on, step.how)
        self._tell(step)
        self._look_everywhere()

    def _dismiss(self, process: int, how: object = life.RETURN) -> None:
        main, second = (self._actors.pop(who, None) for who in life.threads(process))
        if second:
            self._stage.dismiss(second)
        assert main is not None
        with self._stage.history.paused(aside=False):
            self._stage.dismiss(main, *_ENDINGS[how])

    # The end.

    def _end(self) -> None:
        """Look at everything, try all locks, and end all processes."""
        number = 1 + max(self._made, default=0)
        for step in self._last_steps(number):
            if self._world.allows(step):
                self._do(step)
        self._look_everywhere(at_all=True)
        for process in sorted(self._world.processes, reverse=True):
            if process != CREATOR:
                self._dismiss(process)

    def _last_steps(self, number: int) -> Iterator[Step]:
        """Yield steps that try each lock in each process that has it, and release those held."""
        world = self._world
        with_lock = [(p, name) for p, name in life.reached(world) if world.lock_of(name)]
        tries = [
            step
            for process, name in with_lock
            for who in life.threads(process)
            if who in self._actors
            for step in (
                Step(number, life.TRY, who, name),
                Step(number, life.ACQUIRE, who, name, "acquire(False)"),
                Step(number, life.RELEASE, who, name, "release()"),
            )
        ]
        yield from tries
        for _ in range(locks.DEEPEST):
            for process, name in with_lock:
                lock = world.lock_of(name)
                if lock and not lock.lost and lock.holder // 2 == process:
                    yield Step(number, life.RELEASE, lock.holder, name, life.LEAVE)
                    yield Step(number, life.RELEASE, lock.holder, name, "release()")
        yield from tries


# How many of the last steps may have to do with what was found after them.
_LAST = 3


def _suspects(past: Sequence[Step], world: World, text: str) -> Iterator[Step]:
    """Yield the steps about objects that a text names, the last steps, and what these depend on.

    Which processes there are may matter in any case.
    """
    objects = {int(number) for number in re.findall(r"\bo(\d+)\b", text)}
    memories = {world.names[number].memory for number in objects if number in world.names}
    wanted = {step.number for step in past[-_LAST:]}
    for step in reversed(past):
        on = [] if step.kind in (life.START, life.END) else [step.on]
        names = {*on, *step.what, step.number} & set(world.names)
        if step.kind in (life.START, life.END) or memories & {
            world.names[name].memory for name in names
        }:
            wanted.add(step.number)
        if step.number in wanted:
            # Objects and processes have the numbers of the steps that make or start them.
            wanted |= {step.on, step.process}
            wanted |= {step.how} if isinstance(step.how, int) else set()
    yield from (step for step in past if step.number in wanted)


def _plain(argument: Any) -> Any:
    return list(argument) if isinstance(argument, tuple) else argument
