"""Following an interleaving: each step is done by its thread, its outcome compared to the model.

Two processes with two threads each share objects and locks. A step that can take place in the model
is waited for; one that has to wait is begun and left pending, like all that wait for the same lock.
No clock decides: a call that returns while no world allows it is a violation whenever it is seen,
and one that has to return has the time limit of every call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...actors.blocks import open_blocks
from ...actors.runtime import calls
from ...oracle import locks
from ...oracle.locks import Call, Outcome, Setting, World
from ...stage.actor import Actor, Pending, actor_of
from ...stage.batches import call_until_a_surprise
from ...stage.findings import NotKept, OperationRaised, Unlocked, short_name
from ...stage.handles import Handle
from ...stage.names import CType, Remote, name_of
from ...stage.stage import Stage
from ...strategies.accesses import get_attribute, get_item, set_attribute, set_item
from ...strategies.interleavings import INSIDE, INSIDE_ANOTHER, THROUGH, Spelling, Step, is_possible
from ...strategies.objects import POINT
from ...strategies.steps import Steps

# A function of the target interpreter with its arguments.
_Called = tuple[Remote, tuple[Any, ...], dict[str, Any]]

# Threads 0 and 1 are the creator's, 2 and 3 a child's.
PROCESS_OF = (0, 0, 1, 1)

# The objects of every setting: a number, an array that is read and written as a whole, a structure
# of which one field is.
LENGTH = 3

# How a block is entered, by the name of its spelling.
_ENTERING = {"with": open_blocks.enter_with, "stack": open_blocks.enter_stack}


@dataclass(frozen=True)
class Player:
    """A thread with its views of the objects, of what they wrap, and of their locks.

    `references` are the handles that these views are of: an actor drops what no handle stands for.
    """

    actor: Actor
    wrappers: tuple[Handle, ...]
    raws: tuple[Handle, ...]
    locks: tuple[Handle, ...]
    references: tuple[Handle, ...]


def players(stage: Stage, setting: Setting, given: bool) -> tuple[list[Player], list[Actor]]:
    """Return the threads of a setting with new objects, under new locks of its kinds if `given`.

    Also returns the actors that this started, in the order in which they can exit.
    """
    creator = stage.creator
    made = [getattr(creator, kind)() if given else None for kind in setting.kinds]
    keywords = [{"lock": made[number]} if given else {} for number in setting.lock_of]
    shared = (
        # Other clauses judge which typecodes there are.
        creator.Value(CType("c_longlong"), 0, **keywords[0]),
        creator.Array(CType("c_longlong"), LENGTH, **keywords[1]),
        creator.Value(CType(POINT), **keywords[2]),
    )
    child = stage.start_resident(*shared)
    threads = []
    for process in (creator, child):
        objects = tuple(map(process, shared))
        raws = tuple(obj.get_obj() for obj in objects)
        held = [objects[setting.lock_of.index(n)].get_lock() for n in range(len(setting.kinds))]
        for thread in (process, stage.thread(process, resident=True)):
            here, past, own = (tuple(map(thread, some)) for some in (objects, raws, held))
            threads.append(Player(thread, here, past, own, references=(*shared, *raws, *held)))
    return threads, [threads[3].actor, child, threads[1].actor]


class Interplay:
    """The threads of a setting, and the worlds in which everything can be."""

    def __init__(self, stage: Stage, setting: Setting, threads: list[Player]) -> None:
        self._stage = stage
        self._setting = setting
        self._threads = threads
        self._worlds = {locks.beginning(setting)}
        self._pending: dict[int, tuple[Pending[Any], Step]] = {}
        # Steps of one thread that go to it together, each with the worlds after it.
        self._batch: list[tuple[Step, set[World]]] = []
        self._blocks: list[list[int]] = [[] for _ in threads]
        self.covered: Counter[str] = Counter()

    def follow(self, steps: Steps) -> None:
        """Do all possible steps, then release all locks and leave all blocks; raises a Finding."""
        for thread in self._threads[::2]:
            for number in range(len(thread.raws)):
                _write(thread.raws[number], number, 0)
        for step in steps:
            if step.thread not in self._pending:
                self._do(step)
        self._free_all()
        self._flush()
        for thread in self._threads[::2]:
            for number, raw in enumerate(thread.raws):
                got = _read(raw, number)
                wanted = {world.values[number] for world in self._worlds}
                if got not in wanted:
                    who = thread.actor.name
                    raise NotKept(
                        f"object {number + 1} is {got!r} in the end in {who}, not {_either(wanted)}"
                    )

    @property
    def _a_world(self) -> World:
        return min(self._worlds, key=repr) if len(self._worlds) > 1 else next(iter(self._worlds))

    def _do(self, step: Step) -> None:
        thread, call = step.thread, step.call
        if self._batch and self._batch[0][0].thread != thread:
            self._flush()
        if not all(is_possible(self._setting, world, thread, call) for world in self._worlds):
            return
        worlds = self._worlds_after(step)
        if self._batch and not self._can_be_put_off(thread, worlds):
            # Other calls may have ended when it returns: the worlds are not those from before.
            self._flush()
            worlds = self._worlds_after(step)
        step = self._writable(step)
        self._count(step, self._a_world)
        self._worlds = worlds
        if self._can_be_put_off(thread, worlds):
            self._put_off(step)
            return
        function, args, keywords = self._call_of(step)
        actor = self._threads[thread].actor
        if all(_outcome_in(world, thread) is not None for world in worlds):
            self._see(step, *_outcome(partial(actor.call, function, *args, **keywords)))
        else:
            pending = actor.begin(function, *args, **keywords)
            self._pending[thread] = pending, step
            if pending.settle():
                self._collect(thread)
        self._let_others_end()

    def _worlds_after(self, step: Step) -> set[World]:
        begun = (locks.begin(world, step.thread, step.call) for world in self._worlds)
        return locks.outcomes(self._setting, begun)

    def _can_be_put_off(self, thread: int, worlds: set[World]) -> bool:
        """Return whether a step has one possible outcome, and lets no pending call return."""
        found = {_outcome_in(world, thread) for world in worlds}
        return len(found) == 1 and None not in found and not self._some_must_end(worlds)

    def _put_off(self, step: Step) -> None:
        """Keep a step that has only one possible outcome for the next batch of its thread."""
        self._batch.append((step, self._worlds))
        only = _outcome_in(next(iter(self._worlds)), step.thread)
        assert only is not None
        self._see(step, *only)

    def _flush(self) -> None:
        """Have the batch done in one round trip; its thread stops at an unexpected outcome."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        actor = self._threads[batch[0][0].thread].actor
        calls, now = [], self._worlds
        for step, worlds in batch:
            function, args, keywords = self._call_of(step)
            wanted = _outcome_in(next(iter(worlds)), step.thread)
            assert wanted is not None
            if step.call.verb == locks.READ and step.call.on == 1:
                wanted = ("returned", [wanted[1]] * LENGTH)
            calls.append((name_of(function), args, keywords, wanted))
        done = 0
        while done < len(batch):
            for how, what in call_until_a_surprise(actor, calls[done:]):
                step, self._worlds = batch[done]
                self._see(step, how, *(what if how == "raised" else [what]), again=True)
                done += 1
        self._worlds = now
        self._let_others_end()

    def _some_must_end(self, worlds: set[World]) -> bool:
        """Return whether one of the pending calls has to return in these worlds."""
        return bool(self._pending) and not any(
            all(_outcome_in(world, thread) is None for thread in self._pending) for world in worlds
        )

    def _let_others_end(self) -> None:
        """Wait until the calls that have to return have; the others stay pending."""
        while self._pending:
            by_call = {pending: thread for thread, (pending, _) in self._pending.items()}
            ended = self._stage.ended_of(list(by_call), self._some_must_end(self._worlds))
            for pending in ended:
                self._collect(by_call[pending])
            if not ended:
                return

    def _collect(self, thread: int) -> None:
        pending, step = self._pending.pop(thread)
        self._see(step, *_outcome(pending.result))
        self.covered[locks.end_of_waiting(self._setting, step.call)] += 1

    def _see(self, step: Step, how: str, what: Any, *bases: str, again: bool = False) -> None:
        """Compare the outcome of a step to the model; raises NotKept if no world allows it.

        What was raised may be of a class that is derived from the expected one: of its `bases`. An
        outcome that is seen `again` was assumed when the step was put off.
        """
        thread, (verb, on, _), spelling = step.thread, step.call, step.spelling
        if verb == locks.READ and how == "returned":
            what = _as_number(what, on)
        seen = [locks.seen(self._worlds, thread, (how, one)) for one in (what, *bases)]
        worlds = set().union(*seen)
        if not worlds:
            raise NotKept(self._complaint(step, (how, what)), *_unlocked(step, how))
        self._worlds = worlds
        if spelling.enters and not again:
            self._blocks[thread].append(on)

    def _writable(self, step: Step) -> Step:
        """Return a step in a spelling that is possible: only the innermost block can be left."""
        blocks = self._blocks[step.thread]
        if step.spelling.name != "leave":
            return step
        if not blocks or blocks[-1] != step.call.on:
            return step._replace(spelling=Spelling("release"))
        blocks.pop()
        return step

    def _count(self, step: Step, before: World) -> None:
        """Count the kind of a step, and its spelling, as covered."""
        if step.call.verb == locks.POKE:
            return
        names = [
            locks.transition(self._setting, before, step.thread, step.call),
            str(step.spelling),
        ]
        if step.spelling.name in THROUGH:
            wrapped = self._through(step) is not self._threads[step.thread].locks[step.call.on]
            names.append(f"{step.spelling.name} through the {'wrapper' if wrapped else 'lock'}")
        blocks = self._blocks[step.thread]
        if step.spelling.enters and blocks:
            names.append(INSIDE if blocks[-1] == step.call.on else INSIDE_ANOTHER)
        self.covered.update(names)

    def _through(self, step: Step) -> Handle:
        """Return what a lock is used through: a wrapper of an object under it, or itself."""
        player, on = self._threads[step.thread], step.call.on
        guarded = zip(player.wrappers, self._setting.lock_of, strict=True)
        options = [*(wrapper for wrapper, number in guarded if number == on), player.locks[on]]
        return options[step.through % len(options)]

    def _call_of(self, step: Step) -> _Called:
        player, (verb, on, value), spelling = self._threads[step.thread], step.call, step.spelling
        if verb == locks.POKE:
            return _writing(player.raws[on], on, value)
        if verb == locks.READ:
            return _reading(player.wrappers[on], on)
        if verb == locks.WRITE:
            return _writing(player.wrappers[on], on, value)
        if spelling.name == "leave":
            return open_blocks.leave, (bool(spelling.args),), {}
        if spelling.enters:
            return _ENTERING[spelling.name], (self._through(step),), {}
        return (
            calls.call_method,
            (self._through(step), spelling.name, *spelling.args),
            dict(spelling.keywords),
        )

    # Cleaning up.

    def _free_all(self) -> None:
        """Let every pending call return, leave every block and release every lock."""
        while self._pending:
            self._do(self._next_release(waited_for=True))
        for thread, blocks in enumerate(self._blocks):
            while blocks:
                self._do(Step(thread, Call(locks.RELEASE, blocks[-1]), Spelling("leave")))
        while any(self._a_world.holders):
            self._do(self._next_release(waited_for=False))
        for number in range(len(self._setting.kinds)):
            # A free lock can be acquired, also by the thread that has done least with it.
            for verb, spelling in (
                (locks.TRY, Spelling("acquire", (False,))),
                (locks.RELEASE, Spelling("release")),
            ):
                self._do(Step(len(self._threads) - 1, Call(verb, number), spelling))

    def _next_release(self, waited_for: bool) -> Step:
        """Return a step that releases a held lock, by one of the threads that can."""
        world = self._a_world
        idle = [thread for thread in range(len(self._threads)) if thread not in self._pending]
        wanted = {locks.lock_of(self._setting, step.call) for _, step in self._pending.values()}
        for number, holder in enumerate(world.holders):
            if holder is None or (waited_for and number not in wanted):
                continue
            reentrant = self._setting.kinds[number] == locks.RLOCK
            if not reentrant or holder[0] in idle:
                releaser = holder[0] if holder[0] in idle else idle[0]
                return Step(releaser, Call(locks.RELEASE, number), Spelling("release"))
        raise AssertionError(f"no thread can release a lock: {world}")

    # In words.

    def _complaint(self, step: Step, outcome: Outcome) -> str:
        allowed = set()
        for world in self._worlds:
            begun = world.calls[step.thread]
            assert begun is not None
            allowed.add(
                "has to wait" if begun[1] is None else f"can only have {_in_words(begun[1])}"
            )
        who = self._threads[step.thread].actor.name
        return f"{step} ({who}) {_in_words(outcome)}, but {_either(allowed)}: {self._state()}"

    def _state(self) -> str:
        world = self._a_world
        parts = []
        for number, holder in enumerate(world.holders):
            name = f"lock {number + 1} ({self._setting.kinds[number]})"
            if holder is None:
                parts.append(f"{name} is free")
            else:
                times = f", acquired {holder[1]} times" if holder[1] > 1 else ""
                parts.append(f"{name} is held by thread {holder[0] + 1}{times}")
        return ", ".join(parts)


def _outcome_in(world: World, thread: int) -> Outcome | None:
    begun = world.calls[thread]
    return begun[1] if begun is not None else None


def _outcome(call: Callable[[], Any]) -> tuple[Any, ...]:
    """Return how a call ended, and with what: for an exception, its class and the bases of that."""
    try:
        return "returned", call()
    except OperationRaised as raised:
        return "raised", *map(short_name, raised.names)


def _in_words(outcome: Outcome) -> str:
    return f"{outcome[0]} {outcome[1]}"


def _either(options: set[Any]) -> str:
    return " or ".join(sorted(map(str, options)))


# Each object is read and written as a whole, and holds one number.


def _reading(obj: Handle, number: int) -> _Called:
    if number == 1:
        return "operator.getitem", (obj, slice(None)), {}
    return "builtins.getattr", (obj, "value" if number == 0 else "x"), {}


def _writing(obj: Handle, number: int, value: int) -> _Called:
    if number == 1:
        return "operator.setitem", (obj, slice(None), [value] * LENGTH), {}
    return "builtins.setattr", (obj, "value" if number == 0 else "x", value), {}


def _unlocked(step: Step, how: str) -> list[Unlocked]:
    """Return the cause of a step that returned when it had to wait, if it is a plain access."""
    verb, on, _ = step.call
    if how != "returned" or verb not in (locks.READ, locks.WRITE):
        return []
    if on == 1:
        access = get_item(slice(None)) if verb == locks.READ else set_item(slice(None), [])
    else:
        name = "value" if on == 0 else "x"
        access = get_attribute(name) if verb == locks.READ else set_attribute(name, 0)
    return [access.unlocked]


def _as_number(read: Any, number: int) -> Any:
    if number == 1 and isinstance(read, list) and read == read[:1] * LENGTH:
        return read[0]
    return read


def _read(obj: Handle, number: int) -> Any:
    function, args, _ = _reading(obj, number)
    return _as_number(actor_of(obj).call(function, *args), number)


def _write(obj: Handle, number: int, value: int) -> None:
    function, args, _ = _writing(obj, number, value)
    actor_of(obj).call(function, *args)
