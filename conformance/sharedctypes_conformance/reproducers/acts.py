"""From steps to what each process does: one list of lines for each, in the order of the history.

Where one process goes on after another one, the first says that it is done, and the second waits
for that. An operation that others may overtake is announced right before it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .containers import held_in
from .expressions import Expressions
from .harmless import ACTORS
from .judged import JOIN, Judged
from .reading import Call, Function, NoReproducer, Object, Raised, Record, Start, Step

# No person reads more operations than this.
MOST = 150

_INDENT = "    "


@dataclass
class Actor:
    """A process or a thread: its function, what that is passed, and its lines."""

    number: int
    title: str
    parent: Actor | None = None
    is_thread: bool = False
    takes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    # Those that it has started and not joined.
    started: list[Actor] = field(default_factory=list)
    # Whether its process has ended itself, and lets no child of it end.
    is_gone: bool = False

    @property
    def name(self) -> str:
        """Its name, of which those of its function and its Process are made."""
        return "".join(c if c.isalnum() else "_" for c in self.title.partition(" of ")[0])

    @property
    def process(self) -> Actor:
        """Whoever runs the process that it is in."""
        return self.parent.process if self.is_thread and self.parent else self


_PLAY = Function(f"{ACTORS}runtime.batches.play")
_ENDINGS = (Function("os._exit"), Function(f"{ACTORS}runtime.processes.kill_itself"))


def one_by_one(steps: Iterable[Step]) -> list[Step]:
    """Return steps with batches split into their operations."""
    split: list[Step] = []
    for step in steps:
        action = step.action
        if not isinstance(action, Call) or action.function != _PLAY or step.begins:
            split.append(step)
            continue
        obj, calls = action.args[:2]
        outcomes_of = step.returned if isinstance(step.returned, list) else [None] * len(calls)
        for (function, args), outcome in zip(calls, outcomes_of, strict=False):
            call = Call(function, (obj, *args), {})
            raised = None
            if isinstance(outcome, Record) and outcome.parts[0] == "raised":
                raised = Raised((str(outcome.parts[1]),))
            split.append(replace(step, action=call, returned=outcome, raised=raised))
    return split


def creators(steps: Sequence[Step]) -> set[int]:
    """Return the numbers of the actors that no other one has started."""
    starts = {step.action.number for step in steps if isinstance(step.action, Start)}
    return {step.by for step in steps} - starts


class Acts:
    """What the actors of a finding do; `judged` are the operations whose outcome is compared.

    They are numbered as the steps are. `unending` is whether the last operation does not end.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        judged: Mapping[int, Judged],
        code: Expressions,
        unending: bool,
    ) -> None:
        if len(steps) > MOST:
            raise NoReproducer(f"its evidence has {len(steps)} operations, too many to be read")
        self._steps = steps
        self._judged = judged
        self._code = code
        self._unending = unending
        self._marks = 0
        # The marks that say that an operation which was announced has ended.
        self._pending: dict[int, int] = {}
        self.actors: dict[int, Actor] = {}
        (first,) = creators(steps)
        self.creator = self._enter(Actor(first, code.title("creator")))
        last: Actor | None = None
        for place, step in enumerate(steps):
            last = self._act(place, step, last)
        self._end()

    @property
    def in_order(self) -> list[Actor]:
        """The processes, those first that are started first."""
        return list(self.actors.values())

    def _enter(self, actor: Actor) -> Actor:
        self.actors[actor.number] = actor
        return actor

    def _act(self, place: int, step: Step, last: Actor | None) -> Actor:
        """Add what a step does; return the actor that did it."""
        actor = self.actors.get(step.by)
        if actor is None:
            raise NoReproducer("its evidence has a process that nobody has started")
        if step.drops:
            lines = [*self._dropped(place, step.drops)]
            if not lines:
                return last or actor
            # In turn: a child that was started before has received what its parent drops now.
            self._switch(last, actor)
            actor.lines += lines
            return actor
        if step.asked is not None:
            observer = last if last and last is not actor else self.creator
            self._switch(last, observer)
            self._look(place, actor, observer)
            return observer
        if step.begins:
            self._switch(last, actor)
            if isinstance(step.action, Call) and step.action.function in _ENDINGS:
                self._go(actor, self._code.statement(step.action))
                return self._next(place) or actor
            done = self._completion(place, step.by)
            started, ended = self._new_mark(), self._new_mark()
            self._pending[step.by] = ended
            actor.lines += [f"done({started})"]
            if done is not None:
                self._operate(done, self._steps[done], actor)
            else:
                self._operate(place, step, actor)
            actor.lines += [f"done({ended})"]
            follower = self._next(place)
            if follower is not None and follower is not actor:
                # The call blocks in its own process, and cannot say that it has begun to wait.
                follower.lines += [f"wait_for({started})", "time.sleep(0.3)"]
            return follower or actor
        if step.by in self._pending:
            ended = self._pending.pop(step.by)
            follower = self._next(place)
            if follower is not None and follower is not actor:
                follower.lines.append(f"wait_for({ended})")
            return follower or actor
        if last is not None and not self._has_just_started(place, actor):
            self._switch(last, actor)
        if isinstance(step.action, Start):
            self._start(step.action, step, actor)
        else:
            self._operate(place, step, actor)
        return actor

    def _dropped(self, place: int, numbers: Iterable[int]) -> Iterator[str]:
        """Yield the lines that drop objects, where that may matter: if others are made later."""
        for number in numbers:
            name = self._code.variable_of(number)
            if name and self._makes_later(place):
                yield f"{name} = None"

    def _makes_later(self, place: int) -> bool:
        return any(
            isinstance(step.action, Start)
            or (isinstance(step.action, Call) and self._code.may_make(step.action))
            for step in self._steps[place:]
        )

    def _switch(self, last: Actor | None, actor: Actor) -> None:
        """Let an actor go on after another one."""
        if last is None or last is actor:
            return
        mark = self._new_mark()
        last.lines.append(f"done({mark})")
        actor.lines.append(f"wait_for({mark})")

    def _has_just_started(self, place: int, actor: Actor) -> bool:
        before = self._steps[place - 1].action
        return isinstance(before, Start) and before.number == actor.number

    def _next(self, place: int) -> Actor | None:
        """Return who does something next."""
        for step in self._steps[place + 1 :]:
            if step.asked is not None:
                return self.creator if step.by != self.creator.number else None
            return self.actors.get(step.by)
        return None

    def _completion(self, place: int, number: int) -> int | None:
        """Return the place of the operation that was begun, None if it never ended."""
        for later in range(place + 1, len(self._steps)):
            step = self._steps[later]
            if step.by == number and step.asked is None:
                return later
        return None

    def _look(self, place: int, actor: Actor, observer: Actor) -> None:
        if actor.number not in self._pending:
            return
        look = f"has_happened({self._pending[actor.number]})"
        judged = self._judged.get(place)
        if judged:
            what = f"whether the call of {actor.title} has ended"
            observer.lines.append(self._compared(what, look, judged))

    def _new_mark(self) -> int:
        self._marks += 1
        return self._marks

    def _go(self, actor: Actor, ending: str) -> None:
        """End a process at once; its children have received by then what they were passed."""
        for child in actor.process.started:
            if not child.is_thread:
                begin = f"begin of {child.title}"
                child.lines.insert(0, f"done({begin!r})")
                actor.lines.append(f"wait_for({begin!r})")
        actor.lines.append(ending)
        actor.process.is_gone = True

    # Operations.

    def _operate(self, place: int, step: Step, actor: Actor) -> None:
        call = step.action
        if not isinstance(call, Call):
            raise NoReproducer("its evidence is of several kinds")
        if call.function == JOIN:
            self._join(actor, int(call.args[0]))
            return
        code = self._code
        if code.is_bound_method(call, step.returned):
            code.call_it(step.returned, code.code(call))
            return
        actor.lines += _in_comments(step.told)
        judged = self._judged.get(place)
        if judged:
            what = code.statement(call)
            actor.lines.append(self._compared(what, code.code(call), judged))
            return
        if self._unending and (place == len(self._steps) - 1 or step.begins):
            what = code.statement(call)
            actor.lines += [f"announce({what!r})", what, "announce()"]
            return
        if step.raised is not None:
            actor.lines += ["with contextlib.suppress(Exception):", _INDENT + code.statement(call)]
            return
        self._assign(call, step, actor)

    def _assign(self, call: Call, step: Step, actor: Actor) -> None:
        code, returned = self._code, step.returned
        found = [*_objects_in(returned)]
        if not [one for one, _ in found if not code.knows(one)]:
            actor.lines.append(code.statement(call))
            return
        if isinstance(returned, Object):
            name = code.name_of_result(call, returned)
            actor.lines.append(f"{name} = {code.code(call)}")
            code.call_it(returned, name)
            return
        name = code.new_name("result")
        actor.lines.append(f"{name} = {code.code(call)}")
        for obj, path in found:
            code.call_it(obj, f"{name}{path}")

    def _compared(self, what: str, expression: str, judged: Judged) -> str:
        if judged.wanted:
            texts = ", ".join(map(ascii, judged.wanted))
            what, expression = f"{what}{judged.part}", f"{expression}{judged.part}"
            return f"expect({what!r}, lambda: {expression}, {texts})"
        return f"compare({what!r}, lambda: {expression}, {judged.seen!a})"

    # Processes.

    def _start(self, start: Start, step: Step, parent: Actor) -> None:
        if start.number in self.actors:
            return
        # What a pool has started for other examples as well need not be there.
        if step.returned is None and all(one.by != start.number for one in self._steps):
            return
        title = self._code.title(start.name)
        child = Actor(start.number, title, parent, is_thread=start.inherits is None)
        self._enter(child)
        parent.started.append(child)
        if child.is_thread:
            parent.lines += [f"{child.name} = threading.Thread(target={child.name}_does)"]
            parent.lines += [f"{child.name}.daemon = True", f"{child.name}.start()"]
            return
        passed = [self._code.name(obj) for obj in start.inherits or ()]
        # What is a part of something has no name of its own, and gets one.
        for obj, shown in zip(start.inherits or (), passed, strict=True):
            own = shown if shown.isidentifier() else self._code.new_name(obj.kind)
            child.takes.append(own)
            if own != shown:
                parent.lines.append(f"{own} = {shown}")
                self._code.call_it(obj, own)
        arguments = list(child.takes)
        received = step.returned if isinstance(step.returned, list) else []
        for (make, args, container), (number, kind) in zip(start.new, received, strict=False):
            put, held = held_in(container, self._code.sources)
            name = self._code.new_name("new")
            child.takes.append(name)
            made = f"{self._code.value(make)}({', '.join(map(self._code.value, args))})"
            arguments.append(put.format(made))
            self._code.call_it(Object(number, kind, ""), held.format(name))
        listed = ", ".join(arguments)
        comma = "," if len(arguments) == 1 else ""
        parent.lines += [
            f"{child.name} = mp.Process(target={child.name}_does, args=({listed}{comma}))",
            f"{child.name}.start()",
        ]

    def _join(self, parent: Actor, number: int) -> None:
        child = self.actors.get(number)
        if child is None or child not in parent.started:
            return
        parent.started.remove(child)
        self._let_end(parent, child)
        # A Process may keep what it was passed.
        parent.lines.append(f"{child.name} = None")

    def _let_end(self, parent: Actor, child: Actor) -> None:
        if child.is_gone:
            parent.lines.append(f"{child.name}.join()")
            return
        mark = f"end of {child.title}"
        child.lines.append(f"wait_for({mark!r})")
        parent.lines += [f"done({mark!r})", f"{child.name}.join()"]
        if not child.is_thread:
            parent.lines.append(f"ended({child.title!r}, {child.name}.exitcode)")

    def _end(self) -> None:
        for actor in self.in_order:
            for child in reversed(actor.started):
                if not actor.is_gone:
                    self._let_end(actor, child)
                elif not child.is_thread:
                    child.lines.append(f"wait_for({f'end of {child.title}'!r})")
        for actor in self.in_order:
            if actor.is_gone:
                self._await_orphans(actor)

    def _await_orphans(self, gone: Actor) -> None:
        """Let the children of a process that is gone end, and wait for what they have to say."""
        heir = gone
        while heir.is_gone and heir.parent is not None:
            heir = heir.parent.process
        for child in gone.started:
            if not child.is_thread and not child.is_gone:
                end = f"end of {child.title}"
                child.lines.append(f"done({f'after the {end}'!r})")
                heir.lines += [f"done({end!r})", f"wait_for({f'after the {end}'!r})"]


def _in_comments(told: str) -> list[str]:
    """Return what an operation does in other words, as comments."""
    said = "".join(one if one.isprintable() and one.isascii() else " " for one in told)
    return [f"# {line.strip()}" for line in said.split(";") if line.strip()]


def _objects_in(value: object, path: str = "") -> Iterable[tuple[Object, str]]:
    """Yield the objects in what was returned, each with how it is reached."""
    if isinstance(value, Object):
        yield value, path
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value):
            yield from _objects_in(item, f"{path}[{place}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(key, str | int):
                yield from _objects_in(item, f"{path}[{key!r}]")
    elif isinstance(value, Record):
        for place, item in enumerate(value.parts):
            yield from _objects_in(item, f"{path}[{place}]")
