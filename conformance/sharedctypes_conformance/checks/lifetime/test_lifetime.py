"""Area `lifetime`: how long an object stays valid, when other processes drop it or end.

A parent that has dropped an object creates others of the same size at once, and fills them: if the
object's memory was freed, one of them has it now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import strategies as st

from ...actors.objects import recycled_memory
from ...actors.runtime import memory, processes
from ...actors.runtime.containers import CONTAINERS
from ...actors.scenarios import dropped_in_child
from ...actors.system.process_states import fall_asleep
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.handles import Handle, invoke
from ...stage.names import CType
from ...stage.patience import PATIENCE
from ...stage.stage import Stage
from ...strategies.steps import all_in_any_order
from ..kit.check import check
from ..kit.makers import NAMES
from ..kit.observe import wait_until

# As many as an allocator may hand out before it reuses what was dropped last.
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
# Without locks first: if these do not reach a child, it is not seen what becomes of the memory.
_OBJECTS = st.one_of(
    all_in_any_order([one for one in _KINDS if one.is_raw]), all_in_any_order(_KINDS)
)
# More than allocators keep together with others, or keep for the next one as they keep others.
_LARGE = Description("RawArray", "B", ((2 << 20) + 1,))
_ALSO_LARGE = all_in_any_order([*_KINDS, _LARGE])
_Made = Sequence[Description]


def _covered(made: _Made) -> Counter[str]:
    return Counter(one.maker for one in made)


def _fill(objects: list[Handle], byte: int) -> int:
    """Fill objects of one actor with a byte throughout, past every wrapper; return the byte."""
    if objects:  # an example that is made smaller may have none left
        actor_of(objects[0]).call(memory.fill_each, objects, byte)
    return byte


def _expect_bytes(objects: list[Handle], byte: int, made: _Made, what: str) -> None:
    wrong = actor_of(objects[0]).call(memory.others_than, objects, byte) if objects else {}
    for place, got in wrong.items():
        raise NotKept(f"{made[place]}, {what}, has the bytes {got.hex()}, should have {byte:02x}")


def _collect(actor: Actor) -> None:
    """Have an actor free unreachable objects, where that takes a garbage collection."""
    actor.call(recycled_memory.collect)


def _construct_others(actor: Actor, made: _Made, times: int = 1) -> tuple[Handle, int]:
    """Construct objects of the same sizes as those that were constructed `times` times; fill them.

    They stay alive as long as the handle that is returned; there are so many.
    """
    calls = [
        (
            actor.target.backend_function(one.raw.maker),
            (one.type, *one.args),
            1 if one is _LARGE else _PRESSURE + times - 1,
        )
        for one in made
    ]
    try:
        others = actor.make(recycled_memory.Others, calls)
    except OperationRaised as raised:
        raise Refused(str(raised)) from None
    return others, invoke(others, "fill", 0xEE)


@check("lifetime.arguments-survive-until-received", costly=True, covers=NAMES, made=_OBJECTS)
def test_arguments_survive_until_received(stage: Stage, made: _Made) -> Counter[str]:
    plain = [one.raw.create_or_refuse(stage.creator) for one in made]
    wanted = stage.creator.call(recycled_memory.images, plain)
    # Nobody but the Process refers to them then: not even a thread.
    objects = stage.start_with_new(*made, in_thread=True)
    for description, obj, data in zip(made, objects, wanted, strict=True):
        got = actor_of(obj).call(memory.contents_of_any, obj)[1]
        if got != data:
            raise NotKept(
                f"{description} reached the child with the bytes {got[:16].hex()}, "
                f"should have {data[:16].hex()}"
            )
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
    _expect_bytes(first, wanted, made, "after another child wrote to its own object")
    return _covered(made)


@check("lifetime.memory-of-arguments-is-not-reused", costly=True, covers=NAMES, made=_OBJECTS)
def test_memory_of_arguments_is_not_reused(stage: Stage, made: _Made) -> Counter[str]:
    objects = stage.start_with_new(
        *(one for _ in CONTAINERS for one in made),
        containers=[name for name in CONTAINERS for _ in made],
    )
    _collect(stage.creator)
    wanted = _fill(objects, 0x11)
    _others, count = _construct_others(stage.creator, made, len(CONTAINERS))
    for place, container in enumerate(CONTAINERS):
        part = slice(place * len(made), (place + 1) * len(made))
        what = f"passed to a child in {container}, after the parent created {count} others"
        _expect_bytes(objects[part], wanted, made, what)
    return _covered(made)


@check(
    "lifetime.objects-dropped-by-parent-survive-in-children",
    costly=True,
    covers=NAMES,
    made=_ALSO_LARGE,
)
def test_objects_dropped_by_parent_survive_in_children(stage: Stage, made: _Made) -> Counter[str]:
    objects = [one.create_or_refuse(stage.creator) for one in made]
    parents = stage.creator, stage.thread(stage.creator), stage.creator
    children = [stage.start(*objects, parent=parent) for parent in parents]
    first, second, third = ([child(obj) for obj in objects] for child in children)
    wanted = _fill(first, 0x11)
    objects.clear()
    _collect(stage.creator)
    others, count = _construct_others(stage.creator, made)
    alive = [others]
    what = f"dropped by its creator, which then created {count} others"
    _expect_bytes(first, wanted, made, what)
    for mark, writer, reader in ((0x33, first, second), (0x44, second, third)):
        wanted = _fill(writer, mark)
        _expect_bytes(reader, wanted, made, f"{what}, written to by a sibling")
    # Its memory may be freed with the first of its users to end, or with the last to be started.
    stage.dismiss(children[2])
    alive += _construct_others(stage.creator, made)[:1]
    _expect_bytes(first, wanted, made, f"{what}, after the last of three children ended")
    stage.dismiss(children[0])
    alive += _construct_others(stage.creator, made)[:1]
    what += ", after the first and the last child ended, and the one started by a thread did not"
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
        raise NotKept(f"a child that dropped {made} and created others {dropped.child}")
    for description, got in zip(made, dropped.contents, strict=True):
        if set(got) != {0x11}:
            raise NotKept(
                f"{description}, which a child dropped before it created others, "
                f"has the bytes {got[:16].hex()}, should have 11 throughout"
            )
    return _covered(made)


@check("lifetime.late-child-sees-current-contents", costly=True, covers=NAMES, made=_OBJECTS)
def test_late_child_sees_current_contents(stage: Stage, made: _Made) -> Counter[str]:
    objects = [one.create_or_refuse(stage.creator) for one in made]
    early = stage.start(*objects)
    wanted = _fill(list(map(early, objects)), 0x44)
    stage.end_example()
    _others, _ = _construct_others(stage.creator, made)
    late = stage.start(*objects)
    what = "written to by a child that has ended, then passed to another"
    _expect_bytes(list(map(late, objects)), wanted, made, what)
    return _covered(made)


@check("lifetime.objects-survive-killed-creator")
def test_objects_survive_killed_creator(stage: Stage) -> None:
    # The parent of the grandchildren is killed, so this family has a stage of its own.
    with stage.fresh() as other:
        parent = other.start()
        objects = [one.create_or_refuse(parent) for one in _KINDS]
        children = [other.start(*objects, parent=parent) for _ in range(2)]
        _end(other, parent, "was killed")
        _others, _ = _construct_others(other.creator, _KINDS)
        first, second = (list(map(child, objects)) for child in children)
        for mark, writer, reader in ((0x11, first, second), (0x22, second, first)):
            wanted = _fill(writer, mark)
            what = "whose creator was killed, written to by one of its children"
            _expect_bytes(reader, wanted, _KINDS, what)
            for one, holder, contender in zip(_KINDS, writer, reader, strict=True):
                if not one.is_raw:
                    _expect_exclusion(one, holder, contender)
        late_child = other.start(*first, parent=children[0])
        late = list(map(late_child, first))
        for mark, writer, reader in ((0x33, first, late), (0x44, late, second)):
            wanted = _fill(writer, mark)
            what = "whose creator was killed, passed on after that, and written to"
            _expect_bytes(reader, wanted, _KINDS, what)


def _expect_exclusion(one: Description, holder: Handle, contender: Handle) -> None:
    holder.acquire()
    if contender.acquire(False):
        raise NotKept(f"{one}, whose creator was killed, has a lock that two of its children hold")
    holder.release()
    if not contender.acquire(False):
        raise NotKept(
            f"{one}, whose creator was killed, has a lock that is not free after release()"
        )
    contender.release()


@check("lifetime.objects-dropped-by-others-survive-in-grandchild")
def test_objects_dropped_by_others_survive_in_grandchild(stage: Stage) -> None:
    # The child ends while its own child runs on, so these families have a stage of their own.
    with stage.fresh() as other:
        creator = other.creator
        for ending in _ENDINGS:
            dropped, alive = ([one.create_or_refuse(creator) for one in _KINDS] for _ in range(2))
            child = other.start(*dropped, *alive)
            grandchild = other.start(*map(child, (*dropped, *alive)), parent=child)
            theirs, common = (list(map(grandchild, objects)) for objects in (dropped, alive))
            wanted = _fill(theirs, 0x11)
            _end(other, child, ending)
            dropped.clear()
            _collect(creator)
            _others, count = _construct_others(creator, _KINDS)
            what = f"passed on by a child that {ending}, dropped before {count} others were created"
            _expect_bytes(theirs, wanted, _KINDS, what)
            for mark, writer, reader in ((0x22, alive, common), (0x33, common, alive)):
                wanted = _fill(writer, mark)
                what = f"shared with a grandchild that inherited it from a child that {ending}"
                _expect_bytes(reader, wanted, _KINDS, what)


# How a child with a child of its own ends. If its function returns, it waits for that child to end.
_ENDINGS = ("has returned", "called os._exit", "was killed")


def _end(stage: Stage, child: Actor, ending: str) -> None:
    if ending == "has returned":
        child.say_goodbye()
        # It runs its exit handlers, and then waits for its own child.
        if not fall_asleep(PATIENCE, lambda: [child.pid]):
            raise Unjudged(f"{child.name} did not begin to wait for its child")
        return
    if ending == "was killed":
        child.begin(processes.kill_itself)
    else:
        child.begin("os._exit", 0)
    _await_end(stage, child)


def _await_end(stage: Stage, child: Actor) -> None:
    """Wait until the creator has joined a child.

    It is joined when it has ended: the sentinel of a forked child is inherited by its own children,
    and is not ready until these have ended too.
    """
    creator = stage.creator
    wait_until(
        stage,
        lambda: creator.call(processes.has_ended, child.number),
        f"the end of {child.name}",
    )
    creator.call(processes.join, child.number, 0.02)
