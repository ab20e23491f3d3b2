"""Area `lifetime`: whose an object is when the process that made it has dropped it.

A parent that has dropped an object makes others at once, of the same size, and fills them: if the
object's memory was free, it is theirs now.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import recycled_memory
from ...actors.runtime import memory, processes
from ...actors.runtime.containers import CONTAINERS
from ...actors.scenarios import dropped_in_child
from ...actors.system.process_states import fall_asleep
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept, Unjudged
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.patience import PATIENCE
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.makers import NAMES
from ..kit.observe import wait_until

# As many as an allocator may have put aside before it hands out what was dropped last.
_PRESSURE = 8
_KINDS = (
    Description("RawValue", "i", (7,)),
    Description("RawValue", CType("c_double"), (2.5,)),
    Description("RawArray", "i", ([1, 2, 3],)),
    Description("RawArray", CType("c_short"), (2000,)),
    Description("Value", "i", (7,)),
    Description("Value", CType("c_double"), (2.5,)),
    Description("Array", "i", ([1, 2, 3],)),
    Description("Array", "c", (b"shared",)),
)
_OBJECTS = st.lists(st.sampled_from(_KINDS), min_size=1, max_size=6)
_Made = Sequence[Description]


def _covered(made: _Made) -> Counter[str]:
    return Counter(one.maker for one in made)


def _object(obj: Handle) -> Handle:
    """Return the ctypes object of what may be a wrapper."""
    actor = actor_of(obj)
    if not actor.call("builtins.hasattr", obj, "get_obj"):
        return obj
    inner: Handle = obj.get_obj()
    return inner


def _contents(obj: Handle) -> tuple[str, bytes]:
    found: tuple[str, bytes] = actor_of(obj).call(memory.contents, _object(obj))
    return found


def _fill(objects: list[Handle], mark: int) -> list[bytes]:
    """Fill objects with a mark, past every wrapper; return their bytes."""
    filled = []
    for obj in objects:
        data = bytes([mark]) * len(_contents(obj)[1])
        actor_of(obj).call(memory.fill, _object(obj), data)
        filled.append(data)
    return filled


def _expect_bytes(objects: list[Handle], wanted: list[bytes], made: _Made, what: str) -> None:
    for obj, data, description in zip(objects, wanted, made, strict=True):
        got = _contents(obj)[1]
        if got != data:
            shown = f"{got[:16].hex()}, should have {data[:16].hex()}"
            raise NotKept(f"{description}, {what}, has the bytes {shown}")


def _collect(actor: Actor) -> None:
    """Have an actor free what is unreachable, where that waits for a collector."""
    actor.call(recycled_memory.collect)


def _make_others(actor: Actor, made: _Made, times: int = 1) -> list[Any]:
    """Make objects of the same sizes as those that were made so many times, and fill them.

    They live as long as what is returned.
    """
    others = [one.raw.create_or_refuse(actor) for one in made for _ in range(_PRESSURE + times - 1)]
    _fill(others, 0xEE)
    return others


@check("lifetime.arguments-survive-until-received", costly=True, covers=NAMES, made=_OBJECTS)
def test_arguments_survive_until_received(stage: Stage, made: _Made) -> Counter[str]:
    wanted = [_contents(one.raw.create_or_refuse(stage.creator)) for one in made]
    objects = stage.start_with_new(*made)
    for description, obj, contents in zip(made, objects, wanted, strict=True):
        got = _contents(obj)
        if got != contents:
            raise NotKept(f"{description} reached the child as {got}, should be {contents}")
    return _covered(made)


@check(
    "lifetime.arguments-of-two-children-are-distinct",
    costly=True,
    covers=NAMES,
    made=_OBJECTS,
)
def test_arguments_of_two_children_are_distinct(stage: Stage, made: _Made) -> Counter[str]:
    first = stage.start_with_new(*made)
    _collect(stage.creator)
    wanted = _fill(first, 0x11)
    second = stage.start_with_new(*made)
    _fill(second, 0x22)
    _expect_bytes(first, wanted, made, "of which another child wrote to one of its own")
    return _covered(made)


@check("lifetime.memory-of-arguments-is-not-reused", costly=True, covers=NAMES, made=_OBJECTS)
def test_memory_of_arguments_is_not_reused(stage: Stage, made: _Made) -> Counter[str]:
    objects = stage.start_with_new(
        *(one for _ in CONTAINERS for one in made),
        containers=[name for name in CONTAINERS for _ in made],
    )
    _collect(stage.creator)
    wanted = _fill(objects, 0x11)
    others = _make_others(stage.creator, made, len(CONTAINERS))
    for place, container in enumerate(CONTAINERS):
        part = slice(place * len(made), (place + 1) * len(made))
        what = f"given to a child in {container}, after the parent made {len(others)} others"
        _expect_bytes(objects[part], wanted[part], made, what)
    return _covered(made)


@check(
    "lifetime.objects-dropped-by-parent-survive-in-children",
    costly=True,
    covers=NAMES,
    made=_OBJECTS,
)
def test_objects_dropped_by_parent_survive_in_children(stage: Stage, made: _Made) -> Counter[str]:
    objects = [one.create_or_refuse(stage.creator) for one in made]
    parents = stage.creator, stage.thread(stage.creator), stage.creator
    children = [stage.start(*objects, parent=parent) for parent in parents]
    first, second, third = ([child(obj) for obj in objects] for child in children)
    wanted = _fill(first, 0x11)
    objects.clear()
    _collect(stage.creator)
    others = _make_others(stage.creator, made)
    what = f"which its maker has dropped before it made {len(others)} others"
    _expect_bytes(first, wanted, made, what)
    for mark, writer, reader in ((0x33, first, second), (0x44, second, third)):
        wanted = _fill(writer, mark)
        _expect_bytes(reader, wanted, made, f"{what}, written to by a sibling")
    # Its memory may go with the first of its users to end, or with the last to be started.
    stage.dismiss(children[2])
    others += _make_others(stage.creator, made)
    _expect_bytes(first, wanted, made, f"{what} when the last of three children had ended")
    stage.dismiss(children[0])
    others += _make_others(stage.creator, made)
    what += " when the last and the first of three children had ended, and a thread's goes on"
    _expect_bytes(second, wanted, made, what)
    return _covered(made)


@check(
    "lifetime.objects-dropped-by-child-survive-in-parent", costly=True, covers=NAMES, made=_OBJECTS
)
def test_objects_dropped_by_child_survive_in_parent(stage: Stage, made: _Made) -> Counter[str]:
    for one in made:
        stage.require(one.maker)
    calls = [(one.maker, (one.type, *one.args)) for one in made]
    dropped = stage.creator.call(dropped_in_child.drop_in_child, stage.target.backend, calls, 0x11)
    if dropped.child.exit_code != 0:
        raise NotKept(f"a child that dropped {made} and made others {dropped.child}")
    for description, got in zip(made, dropped.contents, strict=True):
        if set(got) != {0x11}:
            raise NotKept(
                f"{description}, which a child has dropped before it made others, "
                f"has the bytes {got[:16].hex()}, should have 11 throughout"
            )
    return _covered(made)


@check("lifetime.late-child-sees-current-contents", costly=True, covers=NAMES, made=_OBJECTS)
def test_late_child_sees_current_contents(stage: Stage, made: _Made) -> Counter[str]:
    objects = [one.create_or_refuse(stage.creator) for one in made]
    early = stage.start(*objects)
    wanted = _fill(list(map(early, objects)), 0x44)
    stage.end_example()
    _make_others(stage.creator, made)
    late = stage.start(*objects)
    what = "which a child wrote to that has ended, and then given to another"
    _expect_bytes(list(map(late, objects)), wanted, made, what)
    return _covered(made)


@check("lifetime.objects-survive-killed-creator")
def test_objects_survive_killed_creator(stage: Stage) -> None:
    # The grandchildren's parent is killed: such a family has a stage of its own.
    with stage.fresh() as other:
        maker = other.start()
        objects = [one.create_or_refuse(maker) for one in _KINDS]
        children = [other.start(*objects, parent=maker) for _ in range(2)]
        _end(other, maker, "was killed")
        _make_others(other.creator, _KINDS)
        first, second = (list(map(child, objects)) for child in children)
        for mark, writer, reader in ((0x11, first, second), (0x22, second, first)):
            wanted = _fill(writer, mark)
            what = "whose maker was killed, written to by one of its children"
            _expect_bytes(reader, wanted, _KINDS, what)
            for one, holder, contender in zip(_KINDS, writer, reader, strict=True):
                if not one.is_raw:
                    _expect_exclusion(one, holder, contender)
        heir = other.start(*first, parent=children[0])
        late = list(map(heir, first))
        for mark, writer, reader in ((0x33, first, late), (0x44, late, second)):
            wanted = _fill(writer, mark)
            what = "whose maker was killed, given on after that, and written to"
            _expect_bytes(reader, wanted, _KINDS, what)


def _expect_exclusion(one: Description, holder: Handle, contender: Handle) -> None:
    holder.acquire()
    if contender.acquire(False):
        raise NotKept(f"{one}, whose maker was killed, has a lock that two of its children have")
    holder.release()
    if not contender.acquire(False):
        raise NotKept(f"{one}, whose maker was killed, has a lock that is not free when released")
    contender.release()


@check("lifetime.objects-dropped-by-others-survive-in-grandchild")
def test_objects_dropped_by_others_survive_in_grandchild(stage: Stage) -> None:
    # Who comes between them ends while its child goes on: such families have a stage of their own.
    with stage.fresh() as other:
        creator = other.creator
        for ending in _ENDINGS:
            dropped, kept = ([one.create_or_refuse(creator) for one in _KINDS] for _ in range(2))
            child = other.start(*dropped, *kept)
            grandchild = other.start(*map(child, (*dropped, *kept)), parent=child)
            theirs, common = (list(map(grandchild, objects)) for objects in (dropped, kept))
            wanted = _fill(theirs, 0x11)
            _end(other, child, ending)
            dropped.clear()
            _collect(creator)
            others = _make_others(creator, _KINDS)
            what = (
                f"passed on by a child that {ending}, dropped before {len(others)} others were made"
            )
            _expect_bytes(theirs, wanted, _KINDS, what)
            for mark, writer, reader in ((0x22, kept, common), (0x33, common, kept)):
                wanted = _fill(writer, mark)
                what = f"shared with a grandchild that inherited it from a child that {ending}"
                _expect_bytes(reader, wanted, _KINDS, what)


# How a child ends that has a child of its own. One that returns waits for that child to end.
_ENDINGS = ("has returned", "called os._exit", "was killed")


def _end(stage: Stage, child: Actor, ending: str) -> None:
    if ending == "has returned":
        child.say_goodbye()
        # It runs what is registered for its exit, and then waits for its own child.
        if not fall_asleep(PATIENCE, lambda: [child.pid]):
            raise Unjudged(f"{child.name} did not begin to wait for its child")
        return
    if ending == "was killed":
        stage.creator.call("os.kill", child.pid, signal.SIGKILL.value)
    else:
        child.begin("os._exit", 0)
    _await_end(stage, child)


def _await_end(stage: Stage, child: Actor) -> None:
    """Wait until the creator has noted the end of a child.

    To wait for it once is not enough: the sentinel of a forked child is inherited by its own
    children, and is not ready until they have ended too.
    """
    creator, place = stage.creator, (child.number, 0.02)
    wait_until(
        stage,
        lambda: creator.call(processes.join, *place) is not None,
        f"the end of {child.name}",
    )
